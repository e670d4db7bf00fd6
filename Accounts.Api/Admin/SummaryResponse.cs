using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Webhooks;

namespace Accounts.Api.Admin;

/// <summary>The state of the whole.</summary>
/// <param name="Users">who have not left; counted, as the next three, once a minute</param>
/// <param name="Verified">of them, whose address is</param>
/// <param name="Active30d">of them, who have signed in within 30 days</param>
/// <param name="Factors">of them, who have a second factor</param>
/// <param name="CountedAt">when they were counted</param>
/// <param name="Days">the last 30, today the last of them, in UTC</param>
/// <param name="Outbox">mails that have not left</param>
/// <param name="Webhooks">what apps have not been told yet</param>
public sealed record SummaryResponse(
    long Users, long Verified, [property: JsonPropertyName("active_30d")] long Active30d, long Factors, DateTime CountedAt, DayResponse[] Days, OutboxResponse Outbox, WebhooksResponse Webhooks)
    : IAnswer<SummaryResponse>
{
    public static SummaryResponse Example { get; } = new(
        1204, 1130, 611, 87, new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), [new(new DateOnly(2026, 1, 15), 14, 402, 31)], new(Queued: 2, OldestS: 4, Parked: 0), new(Waiting: 3, Parked: 0));

    public static SummaryResponse Of(UserCounts users, IEnumerable<DaySummary> days, OutboxSummary outbox, WebhookTotals webhooks) => new(
        users.Users, users.Verified, users.Active, users.WithFactor, users.At.UtcDateTime,
        [.. days.Select(day => new DayResponse(day.Day, day.Registered, day.SignIns, day.Failures))], new OutboxResponse(outbox.Queued, outbox.OldestSeconds, outbox.Parked), new WebhooksResponse(webhooks.Waiting, webhooks.Parked));
}

/// <summary>What happened on a day.</summary>
/// <param name="Registered">how many signed up</param>
/// <param name="SignIns">how many sessions began</param>
/// <param name="Failures">wrong passwords, and wrong codes of second factors</param>
public sealed record DayResponse(DateOnly Day, long Registered, long SignIns, long Failures);

/// <summary>Mails that have not left.</summary>
/// <param name="Queued">that wait, or are on their way</param>
/// <param name="OldestS">for how many seconds the one waits that waits longest</param>
/// <param name="Parked">that were given up within a week</param>
public sealed record OutboxResponse(long Queued, long OldestS, long Parked);

/// <summary>Webhooks that no receiver has taken.</summary>
/// <param name="Waiting">that wait, or are on their way</param>
/// <param name="Parked">that were given up</param>
public sealed record WebhooksResponse(long Waiting, long Parked);
