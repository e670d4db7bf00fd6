using System.Reflection;
using System.Reflection.Emit;

namespace Accounts.Tests.House;

/// <summary>An instruction, with what stands in its four bytes where it has as many.</summary>
internal readonly record struct Instruction(OpCode Code, int Operand)
{
    public bool NamesMember => Code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType;

    /// <param name="method">whose instruction it is</param>
    public MemberInfo? Member(MethodBase method) => method.Module.ResolveMember(
        Operand, method.DeclaringType is { IsGenericType: true } declaring ? declaring.GetGenericArguments() : null, method.IsGenericMethod ? method.GetGenericArguments() : null);

    /// <summary>The text that it loads; null where it loads none.</summary>
    /// <param name="method">whose instruction it is</param>
    public string? Text(MethodBase method) => Code == OpCodes.Ldstr ? method.Module.ResolveString(Operand) : null;
}

/// <summary>What the compiler has made of a method (ECMA-335 part III).</summary>
internal static class CompiledCode
{
    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    public static IEnumerable<Instruction> Of(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        for (var at = 0; at < code.Length;)
        {
            var instruction = code[at] == 0xFE ? Codes[(short)(0xFE00 | code[at + 1])] : Codes[code[at]];
            at += instruction.Size;
            var length = Length(instruction.OperandType, code, at);
            yield return new Instruction(instruction, length == 4 ? BitConverter.ToInt32(code, at) : 0);
            at += length;
        }
    }

    private static int Length(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(code, at),
        _ => 4,
    };
}
