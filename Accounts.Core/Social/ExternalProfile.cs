using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Social;

/// <summary>What an identity provider says of a person who has just proved there who they are.</summary>
/// <param name="Provider">its name, as in our paths</param>
/// <param name="Uid">the provider's own id of the person, which never changes; never an address or a login name. Of an issuer, it is unique there alone</param>
/// <param name="Email">null where it names none that we could use</param>
/// <param name="EmailVerified">only where it says so in so many words</param>
public sealed record ExternalProfile(string Provider, string Uid, EmailAddress? Email, bool EmailVerified)
{
    public const int LongestUid = 255, LongestIssuer = 150, LongestLink = 1000;

    /// <summary><c>iss</c> of a provider of OpenID Connect; empty where the provider's name alone says whose id it is.</summary>
    public string Issuer { get; init; } = "";

    public string FirstName { get; init; } = "";

    public string LastName { get; init; } = "";

    /// <summary>The name that the person has chosen there, where the provider has such names.</summary>
    public string Login { get; init; } = "";

    /// <summary>
    /// <c>auth_time</c> of an ID token that passed every check: when the person proved there who they are. Null where the provider has not said it
    /// so, and a sign-in may rest on a session that somebody has left open there.
    /// </summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary>
    /// Why somebody new cannot be made of it: the provider refused, or contradicted, what there was to say beside the id. Who is known needs
    /// no more than that (SG-22). Null where it said all that it wanted to.
    /// </summary>
    public AccountsException? Withheld { get; init; }

    /// <summary>Of a picture of the person; empty where there is none.</summary>
    public string Picture { get; init; } = "";

    /// <summary>Of the person's page there; empty where there is none.</summary>
    public string Url { get; init; } = "";

    /// <summary>Whether the verified address is the provider's own to give, so that nobody else could have it: a mailbox of its own, or of a domain that it keeps. Others have merely seen a mail answered, once.</summary>
    public bool IsAuthoritative { get; init; }

    public string Name => $"{FirstName} {LastName}".Trim();

    /// <summary>Whether it says anything of the person beside the address. Apple does so once.</summary>
    public bool IsDescribed => Name.Length > 0 || Login.Length > 0 || Picture.Length > 0 || Url.Length > 0;

    /// <summary>That somebody is the user, as fresh as the provider says (SG-22).</summary>
    public Proof ProofOf(User user) => new(user, Provider) { AuthTime = AuthTime ?? Proof.Unknown };

    /// <exception cref="AccountsException">the provider withheld something, and this is somebody new</exception>
    public void DemandAll()
    {
        if (Withheld is not null)
        {
            throw Withheld;
        }
    }

    /// <summary>What is kept of it beside the address, as JSON.</summary>
    public string ExtraData => JsonSerializer.Serialize(
        new Dictionary<string, string> { ["name"] = Name, ["login"] = Login, ["picture"] = Picture, ["url"] = Url });
}
