using System.Text.Json;

namespace Accounts.Core.Tokens;

/// <summary>Members of JSON that somebody else may have written: what is not there, or is something else, is null.</summary>
internal static class SignedJson
{
    private const long LastSecond = 253402300799;

    public static bool TryParseObject(byte[] utf8, out JsonDocument json)
    {
        json = null!;
        try
        {
            json = JsonDocument.Parse(utf8, new JsonDocumentOptions { MaxDepth = 4 });
        }
        catch (JsonException)
        {
            return false;
        }
        if (json.RootElement.ValueKind == JsonValueKind.Object)
        {
            return true;
        }
        json.Dispose();
        return false;
    }

    public static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static long? Number(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public static DateTimeOffset? Time(JsonElement root, string name) =>
        Number(root, name) is { } seconds and >= 0 and <= LastSecond ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
}
