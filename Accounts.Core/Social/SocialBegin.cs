using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;

namespace Accounts.Core.Social;

/// <summary>What a sign-in at a provider sets out with.</summary>
/// <param name="RedirectUri">where the provider sends the browser back to</param>
/// <param name="Next">where we send it then; null where a script drives the flow</param>
/// <param name="UserId">who connects, or proves once more who they are; null for a sign-in</param>
/// <param name="Browser">the cookie that tells the browser; null for a client that has none</param>
public sealed record NewSocialState(string Provider, SocialMode Mode, string RedirectUri, string? Next, Guid? UserId, string? Browser)
{
    /// <summary>What the browser is to be signed in by where we send it on.</summary>
    public SessionTransport Transport { get; init; }
}

/// <summary>What goes along to the provider.</summary>
public sealed record IssuedSocialState(string State, string Nonce, string CodeChallenge, string RedirectUri);

/// <summary>Setting out for an identity provider. The verifier stays here.</summary>
public sealed class SocialBegin(AccountsDb db, SecretBox box)
{
    public async Task<IssuedSocialState> BeginAsync(NewSocialState start, CancellationToken cancellation)
    {
        var row = SocialState.Begin(start, box, out var state, out var verifier);
        db.SocialStates.Add(row);
        await db.SaveChangesAsync(cancellation);
        return new IssuedSocialState(state, row.Nonce, Challenge(verifier), start.RedirectUri);
    }

    /// <summary>RFC 7636 section 4.2, S256.</summary>
    private static string Challenge(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));
}
