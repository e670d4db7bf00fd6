namespace Accounts.Core.Users.Extra;

/// <summary>What users have besides what all users have: section <c>Accounts:Profile</c>.</summary>
public sealed class ExtraFieldOptions
{
    /// <summary>The extra fields as the JSON Schema of an object, or the path of a file with it; none where empty. docs/profile.md has the words that are known.</summary>
    public string Fields { get; set; } = "";
}
