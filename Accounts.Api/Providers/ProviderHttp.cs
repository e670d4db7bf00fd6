using System.Collections.Concurrent;
using Accounts.Api.Telemetry;
using Accounts.Core.Failures;
using Accounts.Core.Outgoing;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers;

/// <summary>
/// The ways out to identity providers: redirects are not followed, an answer is short and comes soon, and nothing of it is believed to be
/// more than that.
/// </summary>
public sealed partial class ProviderHttp : IDisposable
{
    /// <summary>For one sign-in, however many calls it takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(9);

    /// <summary>Of which so much for what a known person can do without.</summary>
    public static readonly TimeSpan LimitOfProfile = TimeSpan.FromSeconds(4);

    private const int LongestAnswer = 1024 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, bool> named;
    private readonly ILogger log;

    public ProviderHttp(IOptions<ProviderHttpOptions> options, ILogger<ProviderHttp> log)
    {
        this.log = log;
        named = new(SettingsSetup.Parts(options.Value.PrivateHosts).Select(host => KeyValuePair.Create(host, true)), StringComparer.OrdinalIgnoreCase);
        Http = Client(Sockets());
        var guarded = Sockets();
        (guarded.UseProxy, guarded.ConnectCallback) = (false, ConnectAsync);
        Published = Client(guarded);
    }

    /// <summary>To addresses that stand in the settings.</summary>
    public HttpClient Http { get; }

    /// <summary>To addresses that an issuer's document names: to its own host and to those of PrivateHosts, which the operator named, and else to the open internet alone (SG-24).</summary>
    public HttpClient Published { get; }

    private static SocketsHttpHandler Sockets() => new() { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ActivityHeadersPropagator = new OwnTraces() };

    private static HttpClient Client(SocketsHttpHandler sockets)
    {
        var client = new HttpClient(new ProviderAnswers(sockets)) { Timeout = Limit, MaxResponseContentBufferSize = LongestAnswer };
        // GitHub answers nobody without a name.
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Accounts");
        return client;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var host = context.DnsEndPoint;
        try
        {
            return await (named.ContainsKey(host.Host) ? GuardedConnection.OpenAnyAsync(host, cancellation) : GuardedConnection.OpenAsync(host, cancellation));
        }
        catch (ForbiddenAddressException)
        {
            LogForbidden(host.Host);
            throw;
        }
    }

    /// <summary>The way to a provider, by what is known of it beforehand. An issuer may live wherever the operator says: a company's own has a private address.</summary>
    public HttpClient To(object settings)
    {
        if (settings is not IIssuerSettings { IssuerAddress: var issuer })
        {
            return Http;
        }
        if (Uri.TryCreate(issuer, UriKind.Absolute, out var uri))
        {
            named[uri.IdnHost] = true;
        }
        return Published;
    }

    /// <summary>The provider is not there, too slow, or not itself: to be tried again later.</summary>
    public static UnavailableException Away() => new(RetryAfter);

    /// <summary>Whether it is the provider's or the network's fault.</summary>
    public static bool IsAway(Exception e) => e is HttpRequestException or IOException or TimeoutException or OperationCanceledException;

    /// <summary>Codes and secrets travel to it. Development's doubles may be anywhere.</summary>
    public static bool IsSafe(Uri uri, IHostEnvironment environment) =>
        uri.Scheme == "https" || (uri.Scheme == "http" && (uri.IsLoopback || environment.IsDevelopment()));

    [LoggerMessage(LogLevel.Warning, "An issuer's document names {Host}, which has no public address. If it is yours, list it in Accounts__Social__PrivateHosts.")]
    private partial void LogForbidden(string host);

    public void Dispose()
    {
        Http.Dispose();
        Published.Dispose();
    }
}
