namespace Accounts.Core.EndedSessions;

/// <summary>
/// That a session has ended, or all that access tokens said of a user: what services that check tokens by themselves have to be told. Triggers of the
/// database write it in the transaction of the act itself, whichever way it came, so that none can be forgotten; it goes once no such token lives.
/// </summary>
public sealed class FeedRow
{
    private FeedRow()
    {
    }

    public long Id { get; private set; }

    /// <summary>Kept after the user is gone, so no foreign key.</summary>
    public Guid UserId { get; private set; }

    /// <summary>Null where it is about all of the user's.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>Tokens of a smaller version of the user are refused; null where it is about one session.</summary>
    public long? Below { get; private set; }

    /// <summary>When it was written, which may be long before it is committed.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>
    /// Given after the commit, so that who reads on from one misses none: microseconds since 1970 at that moment, or one more than the last. So it tells
    /// from when on no more such tokens are issued, and is not given a second time by a server that was promoted and had not seen the last ones. Null until then.
    /// </summary>
    public long? Number { get; private set; }
}
