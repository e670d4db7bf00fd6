using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>A user's identity at an identity provider: provider, issuer and provider's user id, never an address or a login name.</summary>
public sealed class SocialAccount
{
    private SocialAccount()
    {
    }

    public string Provider { get; private set; } = "";

    /// <summary><c>iss</c> of a provider of OpenID Connect, whose <c>sub</c> is unique there alone; empty for the others.</summary>
    public string Issuer { get; private set; } = "";

    public string ProviderUid { get; private set; } = "";

    public Guid UserId { get; private set; }

    public string? Email { get; private set; }

    public bool EmailVerified { get; private set; }

    /// <summary>What the provider said of the person, as JSON.</summary>
    public string ExtraData { get; private set; } = "{}";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastLogin { get; private set; }

    /// <summary>When the provider told that it signs the person in here no more, last; null as long as it never did. It stays, as the only way in, and is one again with a new consent.</summary>
    public DateTimeOffset? WithdrawnAt { get; private set; }

    /// <summary>Whether the provider says that the user's own address is this person's, so that who has proved the one is the other.</summary>
    public bool VouchesFor(User user) =>
        EmailVerified && Email is not null && EmailAddress.TryParse(Email, out var address) && address.Key == user.NormalizedEmail;

    public void Withdraw(DateTimeOffset at) => WithdrawnAt = at;

    /// <summary>One that the user signs in with at once.</summary>
    public static SocialAccount OfSignIn(ExternalProfile profile, Guid userId, DateTimeOffset now)
    {
        var account = Of(profile, userId, now);
        account.LastLogin = now;
        return account;
    }

    public static SocialAccount Of(ExternalProfile profile, Guid userId, DateTimeOffset now) => new()
    {
        Provider = profile.Provider,
        Issuer = profile.Issuer,
        ProviderUid = profile.Uid,
        UserId = userId,
        Email = profile.Email?.Text,
        EmailVerified = profile.EmailVerified,
        ExtraData = profile.ExtraData,
        CreatedAt = now,
    };

    /// <summary>The identity that a link token was made for.</summary>
    public static SocialAccount Of(LinkToken token, DateTimeOffset now) => new()
    {
        Provider = token.Provider,
        Issuer = token.Issuer,
        ProviderUid = token.ProviderUid,
        UserId = token.UserId,
        Email = token.Email,
        EmailVerified = token.EmailVerified,
        ExtraData = token.ExtraData,
        CreatedAt = now,
    };
}
