using System.Collections.Concurrent;
using System.Text.Json;
using Accounts.Core.Failures;

namespace Accounts.Api.Providers.OpenId;

/// <summary>
/// What providers publish for everybody, as last read. Who asks gets what is known; it is read again behind the request once it is an hour old. Only
/// who asks for what is not known waits, all for one and the same fetch, and no lock is held meanwhile.
/// </summary>
internal sealed partial class PublishedDocuments<T>(TimeProvider time, ILogger log) : IDisposable where T : class
{
    private readonly ConcurrentDictionary<string, PublishedDocument<T>> published = new();
    private readonly CancellationTokenSource end = new();

    /// <summary>Null where it has never been read; it is asked for behind.</summary>
    public T? Known(HttpClient http, string url, Func<JsonElement, T?> read)
    {
        var known = At(url);
        known.Refresh(() => FetchAsync(http, url, read));
        return known.Document;
    }

    /// <param name="http">the way there</param>
    /// <param name="url">where it stands</param>
    /// <param name="read">null where it is not as it should be</param>
    /// <param name="isEnough">whether it has what is looked for; else it may have changed</param>
    /// <param name="cancellation">ends the wait, not the fetch, which others wait for</param>
    /// <exception cref="UnavailableException">it has never been read, and cannot be now</exception>
    public async Task<T> FindAsync(HttpClient http, string url, Func<JsonElement, T?> read, Func<T, bool> isEnough, CancellationToken cancellation)
    {
        var known = At(url);
        bool Serves() => known.Document is { } document && isEnough(document);
        Task<T?> Fetch() => FetchAsync(http, url, read);
        if (Serves())
        {
            known.Refresh(Fetch);
            return known.Document!;
        }
        // A fetch that others began may be older than what is looked for.
        for (var others = true; others && !Serves();)
        {
            others = await known.AwaitAsync(Fetch, cancellation);
        }
        return known.Document ?? throw ProviderHttp.Away();
    }

    private PublishedDocument<T> At(string url) => published.GetOrAdd(url, _ => new PublishedDocument<T>(time));

    /// <summary>Null where it cannot be read now; that of before then stays in use. Nobody's request: it ends with the server, or by itself.</summary>
    private async Task<T?> FetchAsync(HttpClient http, string url, Func<JsonElement, T?> read)
    {
        try
        {
            using var json = JsonDocument.Parse(await http.GetStringAsync(url, end.Token));
            if (read(json.RootElement) is { } document)
            {
                return document;
            }
            LogUnusable(ProviderWords.Of(url));
        }
        // Strangers wrote it: nothing that they write may end more than this fetch.
        catch (Exception e)
        {
            LogFailed(url, e);
        }
        return null;
    }

    private void LogFailed(string url, Exception e)
    {
        if (!end.IsCancellationRequested)
        {
            LogUnread(ProviderWords.Of(url), Reason(e));
        }
    }

    private static string Reason(Exception e) => e is UnavailableException ? "it fails, redirects, or shows a page" : ProviderWords.Of(e.GetBaseException().Message);

    [LoggerMessage(LogLevel.Warning, "{Url} is not as it should be: no document of that issuer, or addresses are missing or not https.")]
    private partial void LogUnusable(string url);

    [LoggerMessage(LogLevel.Warning, "{Url} cannot be read: {Reason}")]
    private partial void LogUnread(string url, string reason);

    public void Dispose()
    {
        end.Cancel();
        foreach (var one in published.Values)
        {
            one.Dispose();
        }
        end.Dispose();
    }
}
