using Accounts.Api.Http;
using Accounts.Core.EndedSessions;

namespace Accounts.Api.EndedSessions;

/// <summary>What has ended, in its order, 1,000 at most; where there are more, the next answer has them at once.</summary>
/// <param name="Ended">none where nothing has meanwhile</param>
/// <param name="Cursor">for `after` of the next request</param>
public sealed record EndedSessionsResponse(EndedSessionResponse[] Ended, string Cursor) : IAnswer<EndedSessionsResponse>
{
    public static EndedSessionsResponse Example { get; } = new([EndedSessionResponse.Example], "AZqgW0RxdmeAqrvM3e7_AAAGSEbKdFoAAAAAAGlo1wo");

    internal static EndedSessionsResponse Of(FeedPage page) => new([.. page.Entries.Select(one => EndedSessionResponse.Of(one.Entry, one.Until))], page.Cursor);
}

/// <summary>A session that has ended (`sid`), or the tokens of a user (`user_id`) whose `ver` is below a number.</summary>
/// <param name="Until">when no such token lives any more</param>
public sealed record EndedSessionResponse(DateTime Until) : IAnswer<EndedSessionResponse>
{
    public static EndedSessionResponse Example { get; } = new(new DateTime(2026, 1, 15, 9, 41, 30, DateTimeKind.Utc)) { Sid = Guid.Parse("019aa1c3-0d42-7a90-8c6d-1b7e4f9a3c55") };

    public Guid? Sid { get; init; }

    public Guid? UserId { get; init; }

    public long? Below { get; init; }

    internal static EndedSessionResponse Of(FeedEntry entry, DateTimeOffset until) => entry.SessionId is { } session
        ? new EndedSessionResponse(until.UtcDateTime) { Sid = session }
        : new EndedSessionResponse(until.UtcDateTime) { UserId = entry.UserId, Below = entry.Below };
}
