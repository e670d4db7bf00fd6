using System.Text.Json;

namespace Accounts.Api.Providers.Presets;

/// <summary>What Apple tells of a person by itself (<i>Processing changes for Sign in with Apple accounts</i>).</summary>
/// <param name="Kind"><c>consent-revoked</c>, <c>account-delete</c> (on its pages <c>account-deleted</c>), <c>email-disabled</c> or <c>email-enabled</c></param>
/// <param name="Uid">the person's <c>sub</c></param>
/// <param name="ToldAt">when it was so</param>
public sealed record AppleNotice(string Kind, string Uid, DateTimeOffset ToldAt)
{
    /// <summary>Apple's page has seconds, its notices milliseconds.</summary>
    private const double LeastMilliseconds = 100_000_000_000;

    /// <summary>Whether there is no such account any more.</summary>
    public bool IsFinal => Kind is "account-delete" or "account-deleted";

    /// <summary>Whether Apple signs this person in here no more.</summary>
    public bool IsEnd => IsFinal || Kind == "consent-revoked";

    /// <summary>The claim <c>events</c> is an object, written as a text. Null where it is not as Apple writes it.</summary>
    /// <param name="claims">that were signed</param>
    /// <param name="signedAt">when; what is signed late, or once more, is of before</param>
    public static AppleNotice? Read(JsonElement claims, DateTimeOffset signedAt)
    {
        if (!claims.TryGetProperty("events", out var events))
        {
            return null;
        }
        using var written = events.ValueKind == JsonValueKind.String ? JsonDocument.Parse(events.GetString()!) : null;
        var told = written?.RootElement ?? events;
        return told.ValueKind == JsonValueKind.Object && told.Text("type") is { } kind && told.Text("sub") is { } uid
            ? new AppleNotice(kind, uid, Earlier(signedAt, At(told)))
            : null;
    }

    private static DateTimeOffset? At(JsonElement told)
    {
        if (!told.TryGetProperty("event_time", out var value) || value.ValueKind != JsonValueKind.Number || !value.TryGetDouble(out var time) || time < 0)
        {
            return null;
        }
        var seconds = time < LeastMilliseconds ? time : time / 1000;
        return seconds < LeastMilliseconds ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : null;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset? other) => other < one ? other.Value : one;
}
