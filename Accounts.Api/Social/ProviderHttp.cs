using System.Net;
using Accounts.Core.Failures;

namespace Accounts.Api.Social;

/// <summary>
/// The way out to identity providers. Their addresses come from the configuration alone: redirects are not followed, an
/// answer is short and comes soon, and nothing of it is believed to be more than that.
/// </summary>
public sealed class ProviderHttp : IDisposable
{
    /// <summary>For one sign-in, however many calls it takes.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(9);

    private const int LongestAnswer = 1024 * 1024;
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);

    public ProviderHttp()
    {
        var sockets = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        Http = new HttpClient(new Answers(sockets)) { Timeout = Limit, MaxResponseContentBufferSize = LongestAnswer };
        // GitHub answers nobody without a name.
        Http.DefaultRequestHeaders.UserAgent.ParseAdd("Accounts");
    }

    public HttpClient Http { get; }

    /// <summary>The provider is not there, too slow, or not itself: to be tried again later.</summary>
    public static UnavailableException Away() => new(RetryAfter);

    /// <summary>Whether it is the provider's or the network's fault.</summary>
    public static bool IsAway(Exception e) => e is HttpRequestException or IOException or TimeoutException or TaskCanceledException;

    /// <summary>Codes and secrets travel to it. Development's doubles may be anywhere.</summary>
    public static bool IsSafe(Uri uri, IHostEnvironment environment) =>
        uri.Scheme == "https" || (uri.Scheme == "http" && (uri.IsLoopback || environment.IsDevelopment()));

    public void Dispose() => Http.Dispose();

    /// <summary>A provider that redirects, fails, or shows a page where it should speak JSON is taken for away.</summary>
    private sealed class Answers(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            if (IsUsable(response))
            {
                return response;
            }
            response.Dispose();
            throw Away();
        }

        private static bool IsUsable(HttpResponseMessage response) => response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => false,
            >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest => false,
            >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => response.Content.Headers.ContentType?.MediaType != "text/html",
            _ => true,
        };
    }
}
