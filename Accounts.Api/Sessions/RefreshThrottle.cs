using System.Runtime.CompilerServices;
using Accounts.Core.Failures;
using Accounts.Core.Throttling;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Sessions;

/// <summary>Limits the refreshes of one session. Not of one address, behind which a whole company may sit; garbage costs no query and needs no limit.</summary>
public sealed class RefreshThrottle(IOptions<ThrottlingOptions> options, TimeProvider time)
{
    private readonly WindowTable sessions = new(TimeSpan.FromMinutes(1), time);

    /// <exception cref="ThrottledException">the session has been refreshed too often</exception>
    public void Demand(Guid sessionId)
    {
        if (options.Value.Enabled && sessions.Count(Unsafe.BitCast<Guid, UInt128>(sessionId), options.Value.RefreshesPerMinute) is { } left)
        {
            throw new ThrottledException(left);
        }
    }
}
