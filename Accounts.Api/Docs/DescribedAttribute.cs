namespace Accounts.Api.Docs;

/// <summary>What the API's document says of a member of a request body. It only tells: the request type's own reading decides.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DescribedAttribute(string text) : Attribute
{
    public string Text => text;

    public bool Required { get; init; }

    /// <summary>In characters, and whatever is longer is refused under the member's name; 0 for none that is told.</summary>
    public int MaxLength { get; init; }

    /// <summary>JSON Schema's word: <c>email</c>, <c>password</c>, <c>uri</c>.</summary>
    public string? Format { get; init; }

    /// <summary>Stands in the body's example, and its type is the member's type in JSON; without one the member is a text and stays out of the example. Of an object, its JSON.</summary>
    public object? Example { get; init; }

    /// <summary>The JSON type of a member that is an object, or is no text and has no example.</summary>
    public Type Type { get; init; } = typeof(string);
}
