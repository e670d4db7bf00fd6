using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>
/// Reads one cookie by its exact name. The framework compares names without regard to case and lets the last one win,
/// so that a sibling domain could plant a second one that is believed.
/// </summary>
public static class RequestCookies
{
    /// <summary>Null when there is none, or more than one.</summary>
    public static string? Single(HttpRequest request, string name) => All(request, name) is [var value] ? value : null;

    public static List<string> All(HttpRequest request, string name)
    {
        var values = new List<string>();
        if (request.Headers.Cookie.Count > 0 && CookieHeaderValue.TryParseList(request.Headers.Cookie, out var cookies))
        {
            values.AddRange(cookies.Where(cookie => cookie.Name.Equals(name, StringComparison.Ordinal)).Select(cookie => cookie.Value.ToString()));
        }
        return values;
    }
}
