using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;

namespace Accounts.Core.Social;

/// <summary>What a person set out to do at an identity provider; a state serves for nothing else.</summary>
public enum SocialMode
{
    SignIn,
    /// <summary>Signing in by way of our own callback.</summary>
    Redirect,
    /// <summary>As <see cref="Redirect"/>, and having an account back that its owner has deleted.</summary>
    Restore,
    /// <summary>Adding an identity to the user who is signed in.</summary>
    Connect,
    /// <summary>Proving once more who is signed in.</summary>
    Prove,
}

/// <summary>A sign-in at an identity provider that has begun: all that must be the same when the person comes back. Lives 10 minutes, by the database's clock, and is spent once.</summary>
public sealed class SocialState
{
    public const int LongestUrl = 2000;

    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private SocialState()
    {
    }

    public byte[] Hash { get; private set; } = [];

    public string Provider { get; private set; } = "";

    public SocialMode Mode { get; private set; }

    /// <summary>The PKCE verifier (RFC 7636), encrypted.</summary>
    public byte[] Verifier { get; private set; } = [];

    /// <summary>What the ID token must repeat. It names the row, so that a native app which brings the token alone finds it, and gives nobody the state.</summary>
    public string Nonce { get; private set; } = "";

    public string RedirectUri { get; private set; } = "";

    /// <summary>Where the browser goes in the end; null where a script drives the flow.</summary>
    public string? Next { get; private set; }

    /// <summary>What the browser is to be signed in by where we send it on.</summary>
    public SessionTransport Transport { get; private set; }

    /// <summary>Who connects, or proves once more who they are; null for a sign-in.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>Of the cookie of the browser that began; null for a client in body mode, which has none.</summary>
    public byte[]? BrowserHash { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>State and verifier come out here; the row keeps the one as a hash and the other encrypted.</summary>
    public static SocialState Begin(NewSocialState start, SecretBox box, out string state, out string verifier)
    {
        (state, verifier) = (OpaqueToken.New(), OpaqueToken.New());
        var hash = OpaqueToken.Hash(state);
        return new SocialState
        {
            Hash = hash,
            Provider = start.Provider,
            Mode = start.Mode,
            Verifier = box.Seal(SecretUse.SocialStates, Encoding.ASCII.GetBytes(verifier), Place(hash)),
            Nonce = Base64Url.EncodeToString(hash),
            RedirectUri = start.RedirectUri,
            Next = start.Next,
            Transport = start.Transport,
            UserId = start.UserId,
            BrowserHash = start.Browser is { } browser ? OpaqueToken.Hash(browser) : null,
        };
    }

    /// <exception cref="CryptographicException">the secret key has changed since</exception>
    public string OpenVerifier(SecretBox box) => Encoding.ASCII.GetString(box.Open(SecretUse.SocialStates, Verifier, Place(Hash)));

    private static string Place(byte[] hash) => $"social_states/{Convert.ToHexString(hash)}";
}
