namespace Accounts.Api.Cookies;

/// <summary>
/// Reads cookies by their exact name, as browsers write them (RFC 6265 section 4.2.1): parted by semicolons alone. The
/// framework compares names without regard to case, lets the last one win, and takes what follows a comma inside a
/// value for another cookie, so that a sibling domain could plant one that is believed, whatever its prefix.
/// </summary>
public static class RequestCookies
{
    /// <summary>Null when there is none, or more than one.</summary>
    public static string? Single(HttpRequest request, string name) => All(request, name) is [var value] ? value : null;

    /// <summary>Whatever they hold: one that is spelled badly is garbage, not missing.</summary>
    public static List<string> All(HttpRequest request, string name) => Where(request, sent => sent == name);

    /// <summary>Of every cookie whose name begins so.</summary>
    public static List<string> AllOf(HttpRequest request, string prefix) => Where(request, sent => sent.StartsWith(prefix, StringComparison.Ordinal));

    private static List<string> Where(HttpRequest request, Func<string, bool> isMeant)
    {
        var pairs = request.Headers.Cookie.SelectMany(header => (header ?? "").Split(';')).Select(pair => pair.Split('=', 2));
        return [.. pairs.Where(pair => pair.Length == 2 && isMeant(pair[0].Trim())).Select(pair => pair[1].Trim())];
    }
}
