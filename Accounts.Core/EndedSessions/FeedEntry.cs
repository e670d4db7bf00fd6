namespace Accounts.Core.EndedSessions;

/// <summary>What services are told, in their order; see <see cref="FeedRow"/>.</summary>
public readonly record struct FeedEntry(long Number, Guid UserId, Guid? SessionId, long? Below)
{
    /// <summary>When it had its number: after its commit.</summary>
    public DateTimeOffset At => FeedNumber.Moment(Number);
}

/// <summary>A number is a moment, to the microsecond.</summary>
internal static class FeedNumber
{
    public const long Greatest = 253_402_300_799_999_999;

    public static DateTimeOffset Moment(long number) => DateTimeOffset.UnixEpoch.AddTicks(number * TimeSpan.TicksPerMicrosecond);

    public static long Of(DateTimeOffset moment) => (moment - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
