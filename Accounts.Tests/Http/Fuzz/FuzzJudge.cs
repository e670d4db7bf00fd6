using System.Text.Json;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>Says what is wrong with an answer, whatever was asked.</summary>
/// <param name="codes">all that the API's document lists</param>
internal sealed class FuzzJudge(IEnumerable<string> codes)
{
    private static readonly string[] Inside = ["Npgsql", "Exception", "Microsoft.", "System.", ".cs:line"];

    private readonly HashSet<string> codes = [.. codes];

    /// <returns>null when nothing is</returns>
    public string? Complaint(FuzzRequest request, FuzzReply? reply) => reply switch
    {
        null => request.IsTooLong ? null : "closed without an answer",
        _ when IsRefusalOfKestrel(reply) => request.MayBeUnreadable ? null : "refused before any of our code, though it is HTTP",
        { Status: >= 500 } => "5xx",
        _ when reply.Headers.Contains("X-Evil") => "a header that the request smuggled into the answer",
        _ when MissingHeader(reply, request.Plan) is { } header => $"lacks {header}",
        { Status: >= 400 } when !request.IsHead => ErrorComplaint(reply),
        _ => null,
    };

    /// <summary>What is no HTTP never reaches us: Kestrel answers without a body, and closes.</summary>
    private static bool IsRefusalOfKestrel(FuzzReply reply) =>
        reply is { Status: 400 or 405 or 408 or 413 or 414 or 431 or 505, Body.Length: 0, Closes: true } && reply.Header("X-Trace-Id") is null;

    private static string? MissingHeader(FuzzReply reply, FuzzPlan plan)
    {
        var present = new Dictionary<string, bool>
        {
            ["nosniff"] = reply.Header("X-Content-Type-Options") == "nosniff",
            ["a content security policy"] = reply.Header("Content-Security-Policy")?.Contains("frame-ancestors 'none'", StringComparison.Ordinal) ?? false,
            ["X-Frame-Options"] = reply.Header("X-Frame-Options") == "DENY",
            ["a referrer policy"] = reply.Header("Referrer-Policy") is "no-referrer" or "same-origin",
            ["a trace id"] = reply.Header("X-Trace-Id") is { Length: > 8 },
            ["silence about the server"] = reply.Header("Server") is null && reply.Header("X-Powered-By") is null,
            ["no-store"] = !plan.IsUnderApi || reply.Header("Cache-Control") == "no-store",
            ["Vary: Origin"] = !plan.IsUnderApi || plan.IsForNoPage || (reply.Header("Vary")?.Contains("Origin", StringComparison.Ordinal) ?? false),
        };
        return present.FirstOrDefault(header => !header.Value).Key;
    }

    private string? ErrorComplaint(FuzzReply reply)
    {
        if (reply.Header("Content-Type") != "application/json")
        {
            return "an error that is no JSON";
        }
        if (!IsShapely(reply))
        {
            return "an error in neither of the two shapes";
        }
        return Array.Exists(Inside, word => reply.Text.Contains(word, StringComparison.Ordinal)) ? "tells of the inside" : null;
    }

    private bool IsShapely(FuzzReply reply)
    {
        try
        {
            using var json = JsonDocument.Parse(reply.Body);
            return json.RootElement.ValueKind == JsonValueKind.Object && (HasCode(json.RootElement) || HasFieldErrors(json.RootElement, reply.Status));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private bool HasCode(JsonElement error) => error.TryGetProperty("detail", out var detail) && detail.ValueKind == JsonValueKind.String
        && error.TryGetProperty("code", out var code) && codes.Contains(code.GetString()!);

    private static bool HasFieldErrors(JsonElement error, int status) => status == 400 && error.EnumerateObject().Any() && error.EnumerateObject().All(field =>
        field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() > 0 && field.Value.EnumerateArray().All(message => message.GetString() is { Length: > 0 }));
}
