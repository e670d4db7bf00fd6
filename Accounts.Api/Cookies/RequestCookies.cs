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
    public static List<string> All(HttpRequest request, string name) => Where(request, name, isPrefix: false);

    /// <summary>Of every cookie whose name begins so.</summary>
    public static List<string> AllOf(HttpRequest request, string prefix) => Where(request, prefix, isPrefix: true);

    private static List<string> Where(HttpRequest request, string name, bool isPrefix)
    {
        var values = new List<string>(1);
        foreach (var header in request.Headers.Cookie)
        {
            var text = header.AsSpan();
            foreach (var range in text.Split(';'))
            {
                var pair = text[range];
                var end = pair.IndexOf('=');
                if (end < 0)
                {
                    continue;
                }
                var sent = pair[..end].Trim();
                if (isPrefix ? sent.StartsWith(name, StringComparison.Ordinal) : sent.SequenceEqual(name))
                {
                    values.Add(pair[(end + 1)..].Trim().ToString());
                }
            }
        }
        return values;
    }
}
