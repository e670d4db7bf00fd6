namespace Accounts.Core.EndedSessions;

/// <summary>What a place in the feed is of: another once a backup was put back, for which the places of before mean nothing. There is one row.</summary>
public sealed class FeedOrigin
{
    private FeedOrigin()
    {
    }

    public Guid Id { get; private set; }

    public DateTimeOffset Since { get; private set; }
}
