using Accounts.Core.Secrets;

namespace Accounts.Core.TrustedDevices;

/// <summary>
/// What a browser keeps of the users who trust it: a token for each, beside whose it is, the last one first. Whether one still holds, nothing but
/// its row can tell; one that is forged or over spoils no other user's.
/// </summary>
public static class TrustTokens
{
    /// <summary>Of one browser: one more, and who has trusted it longest ago is asked again.</summary>
    public const int MostUsers = 5;

    private const int Id = 32;
    private const char Between = '.';

    /// <summary>Null for none of this user.</summary>
    public static string? Of(string? cookie, Guid userId) => Read(cookie).Find(entry => IsOf(entry, userId))?[Id..];

    /// <summary>The cookie to be, in which the user is the first.</summary>
    public static string Add(string? cookie, Guid userId, string token) =>
        string.Join(Between, Read(cookie).Where(entry => !IsOf(entry, userId)).Prepend($"{userId:N}{token}").Take(MostUsers));

    /// <summary>What is longer is not ours, and not looked at.</summary>
    private static List<string> Read(string? cookie) => cookie is null || cookie.Length > MostUsers * (Id + OpaqueToken.Length + 1)
        ? []
        : [.. cookie.Split(Between).Where(entry => entry.Length == Id + OpaqueToken.Length)];

    private static bool IsOf(string entry, Guid userId) => entry.StartsWith($"{userId:N}", StringComparison.Ordinal);
}
