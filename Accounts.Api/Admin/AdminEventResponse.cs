using System.Text.Json;
using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core;
using Accounts.Core.Admin;
using Accounts.Core.Audit;

namespace Accounts.Api.Admin;

/// <summary>What happened to an account, as administrators see it.</summary>
/// <param name="Number">In the order in which events became visible; null in their first second or so.</param>
/// <param name="Kind">For programs; there may be kinds to come.</param>
/// <param name="UserId">Whom it happened to; after an erasure nobody's any more.</param>
/// <param name="ActorId">The administrator whose act it was, or who allowed it (`invitation_accepted`); null for the user's own, and for that of an operator.</param>
/// <param name="Ip">Of who did it; empty for an operator.</param>
/// <param name="Device">The same; what a person calls it, and `An operator` for whoever has run a command on the server.</param>
/// <param name="Before">What an administrator's act has changed, as it was; else null.</param>
/// <param name="After">The same, as it is then.</param>
/// <param name="Count">How often it happened in that minute.</param>
public sealed record AdminEventResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Number, string Kind, DateTime At, Guid UserId, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? ActorId, string Ip, string Device,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonElement? Before, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] JsonElement? After, int Count) : IAnswer<AdminEventResponse>
{
    public static AdminEventResponse Example { get; } = new(
        4711, "roles_changed", new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc), new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d10"), new Guid("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d12"),
        "203.0.113.7", "Firefox on Windows", JsonElement.Parse("""{"roles": []}"""), JsonElement.Parse("""{"roles": ["editor"]}"""), 1);

    public static AdminEventResponse Of(AdministeredEvent entry) => new(
        entry.Number, entry.Kind, entry.At.UtcDateTime, entry.UserId, entry.ActorId, entry.Ip, entry.IsOperators ? Actor.OperatorTitle : DeviceName.Of(entry.UserAgent).ToString(), Json(entry.Before), Json(entry.After), entry.Count);

    private static JsonElement? Json(string? text) => text is null ? null : JsonElement.Parse(text);
}

/// <summary>A page of events.</summary>
/// <param name="Count">How many events there are.</param>
/// <param name="Next">The address of the next page; null on the last.</param>
/// <param name="Previous">The address of the page before; null on the first.</param>
public sealed record AdminEventsResponse(
    long Count,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Previous,
    AdminEventResponse[] Results) : IAnswer<AdminEventsResponse>
{
    public static AdminEventsResponse Example { get; } = new(1, null, null, [AdminEventResponse.Example]);
}

/// <summary>Some of the events of all users.</summary>
/// <param name="Next">The address of those that follow; null where these were the last.</param>
public sealed record AdminEventLogResponse(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Next, AdminEventResponse[] Results) : IAnswer<AdminEventLogResponse>
{
    public static AdminEventLogResponse Example { get; } = new("https://accounts.example.com/api/admin/events/?before=4711", [AdminEventResponse.Example]);
}
