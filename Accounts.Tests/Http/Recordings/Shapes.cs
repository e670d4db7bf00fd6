using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Accounts.Tests.Http.Recordings;

/// <summary>Compares bodies as parsed JSON; a text such as <c>{uuid}</c> stands for whatever has that shape.</summary>
public static class Shapes
{
    private const string AnyText = "{text}";

    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Show(JsonNode? node) => node?.ToJsonString(Readable) ?? "none";

    public static bool Fit(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject e, JsonObject a) => e.Count == a.Count && e.All(member => a.TryGetPropertyValue(member.Key, out var value) && Fit(member.Value, value)),
        (JsonArray e, JsonArray a) => e.Count == a.Count && e.Zip(a).All(pair => Fit(pair.First, pair.Second)),
        (JsonValue e, JsonValue a) when e.GetValueKind() == JsonValueKind.String && a.GetValueKind() == JsonValueKind.String =>
            FitText(e.GetValue<string>(), a.GetValue<string>()),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private static bool FitText(string expected, string actual) => expected switch
    {
        "{access}" => actual.Split('.') is [{ Length: > 0 }, { Length: > 0 }, { Length: > 0 }],
        "{uuid}" => Guid.TryParseExact(actual, "D", out _),
        "{time}" => actual.EndsWith('Z') && DateTimeOffset.TryParse(actual, CultureInfo.InvariantCulture, out _),
        _ when expected.EndsWith(AnyText, StringComparison.Ordinal) =>
            actual.Length > expected.Length - AnyText.Length && actual.StartsWith(expected[..^AnyText.Length], StringComparison.Ordinal),
        _ => expected == actual,
    };
}
