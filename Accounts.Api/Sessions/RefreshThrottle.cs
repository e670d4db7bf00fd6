using System.Threading.RateLimiting;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Throttling;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Sessions;

/// <summary>Limits the refreshes of one session. Not of one address, behind which a whole company may sit; garbage costs no query and needs no limit.</summary>
public sealed class RefreshThrottle(IOptions<ThrottlingOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<Guid> perSession = PartitionedRateLimiter.Create<Guid, Guid>(session =>
        RateLimitPartition.GetSlidingWindowLimiter(session, _ => Throttle.Window(options.Value.RefreshesPerMinute, TimeSpan.FromMinutes(1))));

    /// <exception cref="ThrottledException">the session has been refreshed too often</exception>
    public void Demand(RefreshToken token)
    {
        if (!options.Value.Enabled)
        {
            return;
        }
        using var lease = perSession.AttemptAcquire(token.SessionId);
        if (!lease.IsAcquired)
        {
            throw Throttle.Rejection(lease);
        }
    }

    public void Dispose() => perSession.Dispose();
}
