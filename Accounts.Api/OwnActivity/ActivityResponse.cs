using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core.Failures;
using Accounts.Core.OwnActivity;

namespace Accounts.Api.OwnActivity;

/// <summary>A page of what happened to an account.</summary>
/// <param name="Count">How many events there are.</param>
/// <param name="Next">The address of the next page; null on the last.</param>
/// <param name="Previous">The address of the page before; null on the first.</param>
public sealed record ActivityResponse(
    long Count,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Previous,
    ActivityEvent[] Results) : IAnswer<ActivityResponse>
{
    public static ActivityResponse Example { get; } = new(
        21, "https://accounts.example.com/api/auth/me/events/?page=2", null,
        [new("signed_in", "Signed in", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), "203.0.113.7", "Firefox on Windows", 1)]);
}

/// <summary>An event.</summary>
/// <param name="Kind">For programs; there may be kinds to come.</param>
/// <param name="Text">For people, in the language of `Accept-Language` where it is one of ours, else in English.</param>
/// <param name="Device">What a person calls it.</param>
/// <param name="Times">How often it happened in that minute.</param>
public sealed record ActivityEvent(string Kind, string Text, DateTime At, string Ip, string Device, int Times)
{
    public static ActivityEvent Of(ListedEvent entry, Func<Sentence, string> say) => new(entry.Kind, say(entry.Text), entry.At.UtcDateTime, entry.Ip, say(entry.Device), entry.Times);
}
