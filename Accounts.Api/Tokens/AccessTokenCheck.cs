using Accounts.Core.Failures;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;

namespace Accounts.Api.Tokens;

/// <summary>Whether an access token is good here and now, its session and its user included.</summary>
public sealed class AccessTokenCheck(AccessTokenVerifier verifier, LiveSessions sessions)
{
    /// <exception cref="AuthenticationFailedException">it is not, or it is another token</exception>
    public async Task DemandAsync(string token, CancellationToken cancellation)
    {
        if (PersonalTokenText.IsWhole(token))
        {
            throw new AuthenticationFailedException(ErrorCode.PersonalTokenNotAccepted);
        }
        if (verifier.Verify(token, out var claims) is { } rejection)
        {
            throw AuthenticationFailedException.AccessToken(rejection);
        }
        if (await sessions.FindAsync(claims.UserId, claims.SessionId, cancellation) is null)
        {
            throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        }
    }
}
