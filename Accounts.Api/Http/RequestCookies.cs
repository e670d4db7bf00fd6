namespace Accounts.Api.Http;

/// <summary>
/// Reads one cookie by its exact name. The framework compares names without regard to case and lets the last one win,
/// so that a sibling domain could plant a second one that is believed.
/// </summary>
public static class RequestCookies
{
    /// <summary>Null when there is none, or more than one.</summary>
    public static string? Single(HttpRequest request, string name) => All(request, name) is [var value] ? value : null;

    /// <summary>Whatever they hold: one that is spelled badly is garbage, not missing.</summary>
    public static List<string> All(HttpRequest request, string name)
    {
        var pairs = request.Headers.Cookie.SelectMany(header => (header ?? "").Split(';')).Select(pair => pair.Split('=', 2));
        return [.. pairs.Where(pair => pair.Length == 2 && pair[0].Trim() == name).Select(pair => pair[1].Trim())];
    }
}
