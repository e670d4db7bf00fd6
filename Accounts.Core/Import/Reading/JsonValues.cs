using System.Text.Json;

namespace Accounts.Core.Import.Reading;

/// <summary>Members of a JSON object that others have written.</summary>
internal static class JsonValues
{
    /// <summary>Of a text or a number; null for anything else, and for bytes that are no text.</summary>
    public static string? Text(this JsonElement element, string member)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(member, out var value))
        {
            return null;
        }
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    public static bool IsTrue(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value)
        && (value.ValueKind == JsonValueKind.True || (value.ValueKind == JsonValueKind.String && value.ValueEquals("true")));

    public static IEnumerable<JsonElement> Items(this JsonElement element, string member) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    /// <summary>
    /// Roles as people write them into a user's claims: <c>role</c> or <c>roles</c>, a text or several, and <c>true</c> for a claim that is
    /// called like the role.
    /// </summary>
    public static IEnumerable<string> Roles(this JsonElement claims)
    {
        if (claims.ValueKind != JsonValueKind.Object)
        {
            return [];
        }
        string?[] one = [claims.Text("role"), claims.Text("roles")];
        var several = claims.Items("roles").Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString());
        var flags = claims.EnumerateObject().Where(claim => claim.Value.ValueKind == JsonValueKind.True).Select(claim => claim.Name);
        return one.Concat(several).Concat(flags).OfType<string>().Where(role => role.Length > 0).Distinct();
    }

    /// <summary>Null where it is no JSON.</summary>
    public static JsonElement? Parse(string? text)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<JsonElement>(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
