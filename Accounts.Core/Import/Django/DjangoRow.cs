using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>A user's row, and the rows of others that belong to it, as Django or PostgreSQL has written them in JSON.</summary>
/// <param name="Model">what it is a row of: <c>accounts.user</c></param>
/// <param name="Key">its primary key</param>
/// <param name="Fields">by name</param>
internal sealed record DjangoRow(string Model, string Key, JsonElement Fields)
{
    /// <summary>allauth's <c>EmailAddress</c>.</summary>
    public List<JsonElement> Addresses { get; init; } = [];

    /// <summary>allauth's <c>SocialAccount</c>, social-auth's <c>UserSocialAuth</c>, or one of the project's own.</summary>
    public List<JsonElement> Identities { get; init; } = [];

    /// <summary>By name.</summary>
    public List<string> Groups { get; init; } = [];

    /// <summary>Why what belongs to it cannot be read, a sentence; null for nothing.</summary>
    public string? Problem { get; init; }

    public string Place => $"{Model} {Key}";
}
