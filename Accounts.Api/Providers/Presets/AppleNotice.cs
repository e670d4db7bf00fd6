using System.Text.Json;

namespace Accounts.Api.Providers.Presets;

/// <summary>What Apple tells of a person by itself (<i>Processing changes for Sign in with Apple accounts</i>).</summary>
/// <param name="Kind"><c>consent-revoked</c>, <c>account-delete</c> (on its pages <c>account-deleted</c>), <c>email-disabled</c> or <c>email-enabled</c></param>
/// <param name="Uid">the person's <c>sub</c></param>
/// <param name="ToldAt">when it was so</param>
public sealed record AppleNotice(string Kind, string Uid, DateTimeOffset ToldAt)
{
    private static readonly string[] Ends = ["consent-revoked", "account-delete", "account-deleted"];

    /// <summary>Whether Apple signs this person in here no more.</summary>
    public bool IsEnd => Ends.Contains(Kind);

    /// <summary>The claim <c>events</c> is an object, written as a text. Null where it is not as Apple writes it.</summary>
    public static AppleNotice? Read(JsonElement claims, DateTimeOffset toldAt)
    {
        if (!claims.TryGetProperty("events", out var events))
        {
            return null;
        }
        using var written = events.ValueKind == JsonValueKind.String ? JsonDocument.Parse(events.GetString()!) : null;
        var told = written?.RootElement ?? events;
        return told.ValueKind == JsonValueKind.Object && told.Text("type") is { } kind && told.Text("sub") is { } uid ? new AppleNotice(kind, uid, toldAt) : null;
    }
}
