using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.NewDevices;

/// <summary>
/// Whether a device has been seen with a user: by the cookie that it is known by, else by its name and network among the user's sign-ins, and
/// where the account was registered, its address proved or its password reset, as far back as events are kept.
/// </summary>
public sealed class SeenDevices(AccountsDb db, KnownDevices devices)
{
    /// <summary>Whoever signs in oftener has been seen lately.</summary>
    private const int MostLookedAt = 200;

    private static readonly SecurityEventKind[] Seeing =
        [SecurityEventKind.Registered, SecurityEventKind.EmailVerified, SecurityEventKind.PasswordReset, SecurityEventKind.SignedIn, SecurityEventKind.SessionDisowned];

    private static readonly Func<AccountsDb, Guid, IAsyncEnumerable<Sight>> Seen = EF.CompileAsyncQuery(
        (AccountsDb db, Guid userId) => db.SecurityEvents.Where(e => e.UserId == userId && Seeing.Contains(e.Kind))
            .OrderByDescending(e => e.At).Take(MostLookedAt).Select(e => new Sight(e.Kind, e.SessionId, e.Ip, e.UserAgent)));

    private sealed record Sight(SecurityEventKind Kind, Guid? SessionId, string Ip, string UserAgent);

    public async Task<bool> HaveAsync(User user, Device device, CancellationToken cancellation) =>
        devices.NameFor(device.Cookie, user) is not null || await IsLikeAnEarlierOneAsync(user, device, cancellation);

    private async Task<bool> IsLikeAnEarlierOneAsync(User user, Device device, CancellationToken cancellation)
    {
        var seen = await Seen(db, user.Id).ToListAsync(cancellation);
        var disowned = seen.Where(e => e.Kind == SecurityEventKind.SessionDisowned).Select(e => e.SessionId).ToHashSet();
        // Who disowns a session may sit anywhere.
        return seen.Exists(e => e.Kind != SecurityEventKind.SessionDisowned && (e.SessionId is null || !disowned.Contains(e.SessionId)) && device.IsLike(e.Ip, e.UserAgent));
    }
}
