using System.Reflection;

namespace Accounts.Tests.House;

/// <summary>Which types a compiled type names: in its base and members, in signatures, and in the code of its methods.</summary>
internal static class CompiledReferences
{
    private const BindingFlags All =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>With what the compiler has made of it (closures, state machines); without type arguments' own arguments twice.</summary>
    public static HashSet<Type> Of(Type type)
    {
        var found = new HashSet<Type>();
        foreach (var part in Nested(type))
        {
            Add(found, part.BaseType);
            Array.ForEach(part.GetInterfaces(), one => Add(found, one));
            Array.ForEach(part.GetFields(All), field => Add(found, field.FieldType));
            foreach (var method in part.GetMethods(All).Cast<MethodBase>().Concat(part.GetConstructors(All)))
            {
                AddMethod(found, method);
            }
        }
        return found;
    }

    private static IEnumerable<Type> Nested(Type type) => type.GetNestedTypes(All).SelectMany(Nested).Append(type);

    private static void AddMethod(HashSet<Type> found, MethodBase method)
    {
        Add(found, (method as MethodInfo)?.ReturnType);
        Array.ForEach(method.GetParameters(), parameter => Add(found, parameter.ParameterType));
        if (method.GetMethodBody() is not { } body)
        {
            return;
        }
        foreach (var local in body.LocalVariables)
        {
            Add(found, local.LocalType);
        }
        foreach (var instruction in CompiledCode.Of(method).Where(instruction => instruction.NamesMember))
        {
            Add(found, instruction.Member(method));
        }
    }

    private static void Add(HashSet<Type> found, MemberInfo? member)
    {
        if (member is Type type)
        {
            Add(found, type);
            return;
        }
        Add(found, member?.DeclaringType);
        Array.ForEach((member as MethodInfo)?.GetGenericArguments() ?? [], one => Add(found, one));
    }

    private static void Add(HashSet<Type> found, Type? type)
    {
        if (type is null || type.IsGenericParameter)
        {
            return;
        }
        if (type.HasElementType)
        {
            Add(found, type.GetElementType());
            return;
        }
        if (type.IsGenericType)
        {
            Array.ForEach(type.GetGenericArguments(), argument => Add(found, argument));
        }
        found.Add(type.IsGenericType ? type.GetGenericTypeDefinition() : type);
    }
}
