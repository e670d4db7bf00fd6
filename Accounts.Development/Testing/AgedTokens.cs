using System.Collections.Concurrent;
using Accounts.Core.Tokens;

namespace Accounts.Development.Testing;

/// <summary>
/// Access tokens lie with whoever has them, and their times are signed. Those of before an ageing are taken for ones that have expired, by this
/// server and as long as it runs.
/// </summary>
public sealed class AgedTokens(AccessTokenVerifier verifier, AccessTokenSigner signer, TimeProvider time)
{
    private static readonly TimeSpan LongOver = TimeSpan.FromDays(-1);

    /// <summary>The second in which a user's tokens were aged last; under no id, those of all.</summary>
    private readonly ConcurrentDictionary<Guid, long> seconds = new();

    /// <summary>Returns in the next second: a token says no more of its time, and one that is given from now on is to be good.</summary>
    /// <param name="userId">whose; null for all</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task ExpireAsync(Guid? userId, CancellationToken cancellation)
    {
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        seconds[userId ?? Guid.Empty] = second;
        while (time.GetUtcNow().ToUnixTimeSeconds() == second)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellation);
        }
    }

    /// <summary>The same; in the place of one that was aged, one of the same session that has expired. As long as nothing was aged it is not looked at, and not counted.</summary>
    public string AsItIs(string token) => !seconds.IsEmpty && verifier.Verify(token, out var claims) is null && IsAged(claims) ? Expired(claims) : token;

    private bool IsAged(AccessTokenClaims claims)
    {
        var issued = claims.IssuedAt.ToUnixTimeSeconds();
        return issued <= seconds.GetValueOrDefault(claims.UserId) || issued <= seconds.GetValueOrDefault(Guid.Empty);
    }

    private string Expired(AccessTokenClaims claims) =>
        signer.Sign(new AccessTokenSubject(claims.UserId, claims.SessionId, claims.AuthTime, [], [], EmailVerified: false), LongOver);
}
