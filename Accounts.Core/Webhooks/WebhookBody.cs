using System.Globalization;
using System.Text.Json;

namespace Accounts.Core.Webhooks;

/// <summary>
/// What a receiver reads: <c>{"id", "type", "timestamp", "data"}</c>. An address stands in it where the event is about that alone; a secret, a code or a token never does.
/// </summary>
internal static class WebhookBody
{
    private static readonly string[] AboutTheAddress = [WebhookEvents.UserVerified, WebhookEvents.EmailChanged, WebhookEvents.Recovered];

    public static string IdOf(Guid eventId) => $"evt_{eventId:N}";

    public static byte[] Of(DueWebhook webhook) => Write(IdOf(webhook.EventId), webhook.Type, webhook.At, data =>
    {
        if (webhook.Type == WebhookEvents.Imported)
        {
            Count(data, webhook.Imported);
            return;
        }
        data.WriteString("user_id", webhook.UserId);
        Write(data, "session_id", webhook.SessionId);
        if (webhook.ReplacedSessionId is { } replaced)
        {
            data.WriteString("replaced_session_id", replaced);
        }
        if (webhook.EndsAll)
        {
            data.WriteBoolean("all_sessions", true);
            Write(data, "kept_session_id", webhook.KeptSessionId);
        }
        if (AboutTheAddress.Contains(webhook.Type) && webhook.Email is { } email)
        {
            data.WriteString("email", email);
        }
        if (webhook.Type == WebhookEvents.RolesChanged && webhook.Roles is { } roles)
        {
            Write(data, "roles", roles);
        }
        if (webhook.Type == WebhookEvents.Deactivated && webhook.Until is { } until)
        {
            data.WriteString("until", until);
        }
    });

    /// <summary>Of nobody.</summary>
    public static byte[] OfTest(string id, DateTimeOffset now) => Write(id, WebhookEvents.Test, now, _ => { });

    private static byte[] Write(string id, string type, DateTimeOffset at, Action<Utf8JsonWriter> data)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("type", type);
            json.WriteString("timestamp", at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture));
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return stream.ToArray();
    }

    /// <summary>Of nobody in particular.</summary>
    private static void Count(Utf8JsonWriter data, string? imported)
    {
        using var counts = imported is null ? null : JsonDocument.Parse(imported);
        foreach (var member in counts?.RootElement.EnumerateObject().Where(member => member.Name is "source" or "created" or "updated") ?? [])
        {
            member.WriteTo(data);
        }
    }

    private static void Write(Utf8JsonWriter data, string name, Guid? id)
    {
        if (id is not null)
        {
            data.WriteString(name, id.Value);
        }
    }

    private static void Write(Utf8JsonWriter data, string name, string[] values)
    {
        data.WriteStartArray(name);
        Array.ForEach(values, data.WriteStringValue);
        data.WriteEndArray();
    }
}
