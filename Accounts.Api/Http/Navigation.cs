using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>Tells who asks: a person's browser that goes somewhere, or a script that calls.</summary>
public static class Navigation
{
    /// <summary>By what browsers say of it and scripts cannot (Fetch Metadata), else by whether a page is asked for in so many words.</summary>
    public static bool IsNavigation(this HttpRequest request) => request.Headers["Sec-Fetch-Mode"].ToString() is { Length: > 0 } mode
        ? mode == "navigate"
        : MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var types) && types.Any(type => type.MediaType == "text/html" && type.Quality is not 0);

    /// <summary>Whether a script follows a mailed link: everything else that does, people, mail scanners and prefetchers, gets a page.</summary>
    public static bool IsScript(this HttpRequest request) => !HttpMethods.IsHead(request.Method)
        && (request.Headers["Sec-Fetch-Dest"] == "empty"
            || request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase));
}
