using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>
/// Leave to add one identity to one user, for whoever proves to be the user: 10 minutes, anew with a mailed code, one use,
/// 5 tries of whatever proofs. Of no use once the user's password has changed.
/// </summary>
public sealed class LinkToken
{
    public const int MostAttempts = 5;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private LinkToken()
    {
    }

    public byte[] Hash { get; private set; } = [];

    public Guid UserId { get; private set; }

    public string SecurityStamp { get; private set; } = "";

    public string Provider { get; private set; } = "";

    public string Issuer { get; private set; } = "";

    public string ProviderUid { get; private set; } = "";

    public string? Email { get; private set; }

    public bool EmailVerified { get; private set; }

    public string ExtraData { get; private set; } = "{}";

    /// <summary>Whether whoever got it has shown to read the mail of the user's address.</summary>
    public bool MailboxProved { get; private set; }

    /// <summary>Of the code that was mailed last; null where none was asked for.</summary>
    public byte[]? CodeHash { get; private set; }

    public int Attempts { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>What a mailed code is bound to.</summary>
    /// <param name="address">the user's, which the mail goes to</param>
    public string PlaceOf(string address) => $"link_tokens/{Convert.ToHexString(Hash)}/{address}";

    /// <summary>The token comes out here and nowhere else: the row keeps its hash.</summary>
    public static LinkToken For(User user, ExternalProfile profile, bool mailboxProved, out string token)
    {
        token = OpaqueToken.New();
        return new LinkToken
        {
            Hash = OpaqueToken.Hash(token),
            UserId = user.Id,
            SecurityStamp = user.SecurityStamp!,
            Provider = profile.Provider,
            Issuer = profile.Issuer,
            ProviderUid = profile.Uid,
            Email = profile.Email?.Text,
            EmailVerified = profile.EmailVerified,
            ExtraData = profile.ExtraData,
            MailboxProved = mailboxProved,
        };
    }
}
