using Accounts.Core.Outgoing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Branding;

/// <summary>The picture of whom mails and pages come from, read once: a file at the start, a page's on the web with the first mail.</summary>
public sealed partial class BrandLogo : IDisposable
{
    private static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim one = new(1);
    private readonly HttpClient? web;
    private readonly string url;
    private readonly TimeProvider time;
    private readonly ILogger<BrandLogo> log;
    private DateTimeOffset triedAt;

    public BrandLogo(IOptions<BrandOptions> options, TimeProvider time, ILogger<BrandLogo> log)
    {
        (this.time, this.log, url) = (time, log, options.Value.LogoUrl);
        if (!BrandOptions.IsOnTheWeb(url))
        {
            Picture = url.Length > 0 ? LogoPicture.Of(File.ReadAllBytes(url)) : null;
            return;
        }
        web = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, ConnectCallback = async (context, cancellation) => await GuardedConnection.OpenAnyAsync(context.DnsEndPoint, cancellation),
        })
        {
            Timeout = TimeLimit, MaxResponseContentBufferSize = LogoPicture.Largest,
        };
    }

    /// <summary>As it has been read; null as long as it has not.</summary>
    public LogoPicture? Picture { get; private set; }

    /// <summary>Null where there is none, or it cannot be had now: no mail waits for a picture longer than once in a while.</summary>
    public async Task<LogoPicture?> ReadAsync(CancellationToken cancellation)
    {
        if (Picture is not null || web is null || time.GetUtcNow() - triedAt < Pause)
        {
            return Picture;
        }
        await one.WaitAsync(cancellation);
        try
        {
            if (Picture is null && time.GetUtcNow() - triedAt >= Pause)
            {
                Picture = await FetchAsync(web, cancellation);
                triedAt = time.GetUtcNow();
            }
            return Picture;
        }
        finally
        {
            one.Release();
        }
    }

    private async Task<LogoPicture?> FetchAsync(HttpClient client, CancellationToken cancellation)
    {
        try
        {
            using var answer = await client.GetAsync(url, cancellation);
            answer.EnsureSuccessStatusCode();
            var picture = LogoPicture.Of(await answer.Content.ReadAsByteArrayAsync(cancellation));
            if (picture is null)
            {
                LogUnusable(url, $"there must be {LogoPicture.Demand}.");
            }
            return picture;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            LogUnusable(url, e.Message);
            return null;
        }
    }

    public void Dispose()
    {
        web?.Dispose();
        one.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "Mails leave without the logo {Url} (Accounts__Brand__LogoUrl), which cannot be read: {Reason}")]
    private partial void LogUnusable(string url, string reason);
}
