using System.Reflection;
using System.Reflection.Emit;
using System.Text;
using Accounts.Core.Failures;

namespace Accounts.Tests.House;

/// <summary>The sentences that a program can say, found in what is compiled: each text that becomes a <see cref="Sentence"/>.</summary>
internal sealed class CompiledSentences
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public HashSet<string> Templates { get; } = [];

    /// <summary>Where a text becomes a sentence that is not written there, so that nobody could tell which it is.</summary>
    public List<string> Unwritten { get; } = [];

    public static CompiledSentences Of(params Assembly[] programs)
    {
        var found = new CompiledSentences();
        foreach (var method in programs.SelectMany(Methods))
        {
            found.Read(method);
        }
        return found;
    }

    public static IEnumerable<MethodBase> Methods(Assembly program) => program.GetTypes().Where(type => type != typeof(Sentence))
        .SelectMany(type => type.GetMethods(All).Cast<MethodBase>().Concat(type.GetConstructors(All)));

    private void Read(MethodBase method)
    {
        var (last, interpolated, places) = (default(Instruction), (StringBuilder?)null, 0);
        foreach (var instruction in CompiledCode.Of(method))
        {
            if (instruction.Code.OperandType == OperandType.InlineMethod && instruction.Member(method) is MethodBase called && called.DeclaringType == typeof(Sentence))
            {
                switch (called.Name)
                {
                    case "op_Implicit" when last.Text(method) is { } text:
                        Templates.Add(text);
                        break;
                    case "op_Implicit":
                        Unwritten.Add($"{method.DeclaringType}.{method.Name}");
                        break;
                    case ".ctor":
                        Close(interpolated);
                        (interpolated, places) = (new StringBuilder(), 0);
                        break;
                    case nameof(Sentence.AppendLiteral):
                        interpolated!.Append(last.Text(method));
                        break;
                    case nameof(Sentence.AppendFormatted):
                        interpolated!.Append('{').Append(places++).Append('}');
                        break;
                }
            }
            last = instruction;
        }
        Close(interpolated);
    }

    private void Close(StringBuilder? interpolated)
    {
        if (interpolated is not null)
        {
            Templates.Add(interpolated.ToString());
        }
    }
}
