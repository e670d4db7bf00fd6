using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Accounts.Core.Telemetry;

/// <summary>What waits in the outbox.</summary>
/// <param name="Depth">messages that are neither sent nor given up</param>
/// <param name="Age">seconds that the oldest of them has waited</param>
public sealed record OutboxReading(long Depth, double Age);

/// <summary>How one receiver of webhooks stands.</summary>
/// <param name="Receiver">its name</param>
/// <param name="Depth">webhooks that are neither taken nor parked</param>
/// <param name="Age">seconds that the oldest of them has waited</param>
/// <param name="Parked">those that were given up</param>
public sealed record WebhookReading(string Receiver, long Depth, double Age, long Parked);

/// <summary>
/// What the server counts of itself. Recording costs a look at whether anybody listens, and nothing on the heap. No tag
/// names anybody or comes from a request: each is one of a few words of ours.
/// </summary>
public sealed class AccountsMeter
{
    public const string Name = "Accounts";

    /// <summary>Where a time in seconds is told apart: a batch takes a millisecond, who waits for a hash gives up after five seconds.</summary>
    private static readonly InstrumentAdvice<double> Times = new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5] };
    private static readonly InstrumentAdvice<int> Sizes = new() { HistogramBucketBoundaries = [1, 2, 4, 8, 16, 32, 64] };

    private readonly Meter meter;
    private readonly Counter<long> signIns, refreshes, events, failures, tokens, mails, webhooks;
    private readonly Histogram<double> batchWait, hashWait;
    private readonly Histogram<int> batchSize;
    private long sweptAt = Stopwatch.GetTimestamp();
    private volatile OutboxReading? outbox;
    private volatile WebhookReading[] webhookReadings = [];

    public AccountsMeter(IMeterFactory meters)
    {
        meter = meters.Create(Name);
        signIns = meter.CreateCounter<long>("accounts.sign_ins", "{sign-in}", "Sign-ins by result: signed_in, failed (a wrong password, wherever one is asked for), locked (after too many of those).");
        refreshes = meter.CreateCounter<long>("accounts.refreshes", "{refresh}", "Refresh tokens of ours that were presented, by result.");
        events = meter.CreateCounter<long>("accounts.security_events", "{event}", "Security events by kind, as they stand in security_events.");
        failures = meter.CreateCounter<long>("accounts.failures", "{answer}", "Answers that are errors, by their code.");
        tokens = meter.CreateCounter<long>("accounts.access_tokens", "{token}", "Access tokens that were checked, by whether the signature was known already (cache: hit, miss).");
        mails = meter.CreateCounter<long>("accounts.mails", "{mail}", "Mails by template and result: sent, put_off, given_up.");
        webhooks = meter.CreateCounter<long>("accounts.webhooks", "{webhook}", "Tries of webhooks by receiver and result: sent, put_off, parked.");
        batchSize = meter.CreateHistogram("accounts.batch.size", "{request}", "Requests that went to the database in one statement.", advice: Sizes);
        batchWait = meter.CreateHistogram("accounts.batch.wait", "s", "How long the first of a batch waited until its statement was sent.", advice: Times);
        hashWait = meter.CreateHistogram("accounts.hashing.wait", "s", "From asking for a password hash to its begin.", advice: Times);
        meter.CreateObservableGauge("accounts.sweeper.lag", () => Stopwatch.GetElapsedTime(Interlocked.Read(ref sweptAt)).TotalSeconds, "s", "Since this process has last found nothing left to sweep; before it has, since its start.");
        meter.CreateObservableGauge("accounts.outbox.depth", () => Reading(read => read.Depth), "{mail}", "Mails that wait or are under way, of all processes.");
        meter.CreateObservableGauge("accounts.outbox.age", () => Reading(read => read.Age), "s", "How long the oldest of them has waited.");
        meter.CreateObservableGauge("accounts.webhooks.depth", () => webhookReadings.Select(read => new Measurement<long>(read.Depth, Tag("receiver", read.Receiver))), "{webhook}", "Webhooks that wait or are under way, of all processes, by receiver.");
        meter.CreateObservableGauge("accounts.webhooks.age", () => webhookReadings.Select(read => new Measurement<double>(read.Age, Tag("receiver", read.Receiver))), "s", "How long the oldest of them has waited, by receiver.");
        meter.CreateObservableGauge("accounts.webhooks.parked", () => webhookReadings.Select(read => new Measurement<long>(read.Parked, Tag("receiver", read.Receiver))), "{webhook}", "Webhooks that were given up, by receiver.");
    }

    /// <summary>Of a word that one of our own enumerations has.</summary>
    public void SignIn(string result) => signIns.Add(1, Tag("result", result));

    public void Refresh(string result) => refreshes.Add(1, Tag("result", result));

    public void SecurityEvent(string kind) => events.Add(1, Tag("kind", kind));

    public void Failure(string code) => failures.Add(1, Tag("code", code));

    public void AccessToken(bool known) => tokens.Add(1, Tag("cache", known ? "hit" : "miss"));

    /// <param name="template">the word of a template that there is</param>
    /// <param name="result"><c>sent</c>, <c>put_off</c> or <c>given_up</c></param>
    public void Mail(string template, string result) => mails.Add(1, Tag("template", template), Tag("result", result));

    /// <param name="receiver">its name in the settings</param>
    /// <param name="result"><c>sent</c>, <c>put_off</c> or <c>parked</c></param>
    public void Webhook(string receiver, string result) => webhooks.Add(1, Tag("receiver", receiver), Tag("result", result));

    /// <param name="statement">which</param>
    /// <param name="size">how many go together</param>
    /// <param name="since">the moment at which the first of them came</param>
    public void Batch(string statement, int size, long since)
    {
        batchSize.Record(size, Tag("statement", statement));
        if (batchWait.Enabled)
        {
            batchWait.Record(Stopwatch.GetElapsedTime(since).TotalSeconds, Tag("statement", statement));
        }
    }

    public void HashWaited(TimeSpan wait) => hashWait.Record(wait.TotalSeconds);

    /// <param name="waiting">how many hashes wait for a thread</param>
    public void ObserveHashing(Func<int> waiting) => meter.CreateObservableGauge("accounts.hashing.waiting", waiting, "{hash}", "Password hashes that wait for a thread.");

    public void Swept() => Interlocked.Exchange(ref sweptAt, Stopwatch.GetTimestamp());

    /// <param name="reading">null where it could not be read</param>
    public void Outbox(OutboxReading? reading) => outbox = reading;

    /// <param name="readings">none where they could not be read</param>
    public void Webhooks(WebhookReading[] readings) => webhookReadings = readings;

    private IEnumerable<Measurement<T>> Reading<T>(Func<OutboxReading, T> value) where T : struct => outbox is { } read ? [new(value(read))] : [];

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
