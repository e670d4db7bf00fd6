namespace Accounts.Api.Docs;

/// <summary>What several actions have in common, said once: to the document it is all of its parts.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class TogetherAttribute : Attribute
{
    public abstract IEnumerable<Attribute> Parts { get; }
}

public static class ActionWords
{
    /// <summary>What an action says of one kind, by itself or together with other things.</summary>
    public static IEnumerable<T> Tells<T>(this IEnumerable<object> metadata) =>
        metadata.SelectMany(word => word is TogetherAttribute together ? together.Parts : Enumerable.Repeat(word, 1)).OfType<T>();
}
