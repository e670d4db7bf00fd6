using System.Text.Json;

namespace Accounts.Core.Users.Extra;

/// <summary>A field that the setting gives to users.</summary>
/// <param name="Name">as on the wire</param>
public abstract record ExtraField(string Name)
{
    public string? Title { get; init; }

    public string? Description { get; init; }

    /// <summary>Whether who signs up must fill it.</summary>
    public bool IsRequired { get; init; }

    /// <summary>Whether its user sees it and never writes it.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Whether access tokens tell it.</summary>
    public bool IsInToken { get; init; }

    /// <summary>How many characters it takes at most, with its name.</summary>
    public int Room => Name.Length + LongestValue;

    protected abstract int LongestValue { get; }

    /// <summary>Whether a value that is stored would be taken today.</summary>
    public abstract bool Fits(JsonElement value);
}

/// <summary>One that is true or false.</summary>
public sealed record ExtraFlag(string Name) : ExtraField(Name)
{
    protected override int LongestValue => "false".Length;

    public override bool Fits(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False;
}
