using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Accounts.Core.EndedSessions;

/// <summary>A part of the feed.</summary>
/// <param name="Entries">each with when the last token is over that it refuses</param>
/// <param name="Cursor">from where to go on</param>
public sealed record FeedPage((FeedEntry Entry, DateTimeOffset Until)[] Entries, string Cursor);

/// <summary>Tells services that check access tokens by themselves which are to be refused before they are over.</summary>
public sealed class EndedSessionFeed(FeedWatch watch, FeedTable table, IOptions<SessionOptions> options, TimeProvider time, IHostApplicationLifetime host)
{
    /// <summary>In place of a cursor: all that is still kept, at once. For who starts, and must not take what has just been signed out.</summary>
    public const string Kept = "kept";

    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A token that is issued when its session ends may be signed a little later, by a clock that is ahead, and taken for a little longer than it says. So
    /// long an entry counts, and is kept.
    /// </summary>
    public static TimeSpan Lifetime(SessionOptions options) => options.AccessTokenLifetime + (3 * AccessTokenProfile.ClockSkew);

    /// <param name="after">the cursor of the answer before; <see cref="Kept"/>; or null, to begin now</param>
    /// <param name="wait">for how long nothing is waited for</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="GoneException">the cursor is another feed's, or so old that entries behind it have gone</exception>
    /// <exception cref="UnavailableException">the feed cannot be read, or the server stops</exception>
    public async Task<FeedPage> ReadAsync(string? after, TimeSpan wait, CancellationToken cancellation)
    {
        if (host.ApplicationStopping.IsCancellationRequested)
        {
            throw new UnavailableException(Pause);
        }
        var window = await watch.CurrentAsync(cancellation);
        if (after is null or Kept)
        {
            return Page(window, after is null ? window.Last : 0, after is null ? [] : await ReadAsync(window, 0, cancellation));
        }
        return await WaitAsync(window, Demand(after, window), wait, cancellation);
    }

    private long Demand(string after, FeedWindow window)
    {
        var now = time.GetUtcNow();
        return FeedCursor.TryRead(after, out var cursor) && cursor.Origin == window.Origin
            && cursor.IssuedAt > now - Lifetime(options.Value) && (cursor.Number <= window.Last || FeedNumber.Moment(cursor.Number) < now + Lifetime(options.Value))
            ? cursor.Number
            : throw new GoneException();
    }

    private async Task<FeedPage> WaitAsync(FeedWindow window, long after, TimeSpan wait, CancellationToken cancellation)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(cancellation, host.ApplicationStopping);
        var began = time.GetTimestamp();
        while (true)
        {
            var entries = await ReadAsync(window, after, cancellation);
            var left = wait - time.GetElapsedTime(began);
            if (entries.Length > 0 || left <= TimeSpan.Zero || ends.IsCancellationRequested)
            {
                return Page(window, after, entries);
            }
            (after, window) = (Math.Max(after, window.Last), await watch.NextAsync(window, left, ends.Token));
        }
    }

    private async Task<FeedEntry[]> ReadAsync(FeedWindow window, long after, CancellationToken cancellation) =>
        window.After(after) ?? await table.ReadAsync(after, cancellation);

    /// <summary>To the second: some languages read no more. No number is of a moment that is still to come, unless the database's clock was ahead.</summary>
    private DateTimeOffset Until(FeedEntry entry)
    {
        var (at, now) = (entry.At, time.GetUtcNow());
        return DateTimeOffset.FromUnixTimeSeconds(((at < now ? at : now) + Lifetime(options.Value)).ToUnixTimeSeconds() + 1);
    }

    /// <summary>Where there are none, all up to the window's last have been seen, or have gone.</summary>
    private FeedPage Page(FeedWindow window, long after, FeedEntry[] entries)
    {
        var last = entries.Length > 0 ? entries[^1].Number : Math.Max(after, window.Last);
        return new FeedPage([.. entries.Select(entry => (entry, Until(entry)))], new FeedCursor(window.Origin, last, time.GetUtcNow()).Write());
    }
}
