using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Accounts.Core.Outbox;
using Accounts.Core.Outgoing;
using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Webhooks;

/// <summary>This one was not taken: the receiver was there, and said so.</summary>
public sealed class WebhookRefusedException(string message) : Exception(message);

/// <summary>
/// The way out to receivers (SG-24): to the open internet alone, in Development to loopback, too; to the very address that was looked at, by no proxy, after
/// no redirect. Of an answer the status counts, and the body is not read.
/// </summary>
public sealed class WebhookClient : IDisposable
{
    /// <summary>For one try.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>KiB of an answer's head, and bytes of a body that are passed over to use the connection again; of a longer one the connection is closed.</summary>
    private const int LongestHead = 16, PassedOver = 16 * 1024;

    private readonly TimeProvider time;
    private readonly HttpClient http;

    /// <param name="environment">in which loopback may be told</param>
    /// <param name="time">by which a try is signed</param>
    /// <param name="lookUp">of names; null for the system's</param>
    public WebhookClient(IHostEnvironment environment, TimeProvider time, Func<string, CancellationToken, Task<IPAddress[]>>? lookUp = null)
    {
        this.time = time;
        http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null,
            MaxResponseHeadersLength = LongestHead, MaxResponseDrainSize = PassedOver, ResponseDrainTimeout = TimeSpan.FromSeconds(1),
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectTimeout = Limit,
            ConnectCallback = async (context, cancellation) => await ConnectAsync(context.DnsEndPoint, environment.IsDevelopment(), lookUp ?? Dns.GetHostAddressesAsync, cancellation),
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Accounts");
    }

    private static Task<Stream> ConnectAsync(DnsEndPoint host, bool isDevelopment, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken cancellation) =>
        isDevelopment && WebhookUrl.IsLoopback(host.Host) ? GuardedConnection.OpenLoopbackAsync(host, lookUp, cancellation) : GuardedConnection.OpenAsync(host, lookUp, cancellation);

    /// <param name="receiver">who is told</param>
    /// <param name="id">the same at each try</param>
    /// <param name="body">what is told</param>
    /// <param name="order">what is unusual about its place among the user's; null for nothing</param>
    /// <returns>when it was taken; by which status</returns>
    /// <exception cref="UndeliverableException">it never will be, the receiver says</exception>
    /// <exception cref="WebhookRefusedException">not this one, not now</exception>
    /// <exception cref="CarrierAwayException">none now</exception>
    public async Task<HttpStatusCode> SendAsync(WebhookReceiver receiver, string id, byte[] body, string? order)
    {
        using var request = Request(receiver, id, body, order);
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            using var answer = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return Taken(answer.StatusCode);
        }
        catch (OperationCanceledException e)
        {
            throw new CarrierAwayException($"It did not answer within {Limit.TotalSeconds:F0} s.", e);
        }
        catch (HttpRequestException e)
        {
            throw new CarrierAwayException($"It cannot be reached: {Words(e)}", e);
        }
    }

    private HttpRequestMessage Request(WebhookReceiver receiver, string id, byte[] body, string? order)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, receiver.Url) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", now.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", receiver.Sign(id, now, body));
        if (order is not null)
        {
            request.Headers.Add("accounts-order", order);
        }
        return request;
    }

    private static HttpStatusCode Taken(HttpStatusCode status) => status switch
    {
        >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices => status,
        HttpStatusCode.Gone => throw new UndeliverableException("It answered 410: it wants no webhooks any more."),
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout =>
            throw new CarrierAwayException($"It answered {(int)status}."),
        >= HttpStatusCode.MultipleChoices and < HttpStatusCode.BadRequest =>
            throw new WebhookRefusedException($"It answered {(int)status}, a redirect, which is not followed: write the address that it leads to into Url."),
        _ => throw new WebhookRefusedException($"It answered {(int)status}."),
    };

    /// <summary>Nothing that the other side has said is among them.</summary>
    private static string Words(HttpRequestException e) => e.InnerException switch
    {
        ForbiddenAddressException forbidden => forbidden.Message,
        System.Net.Sockets.SocketException socket => $"{socket.SocketErrorCode}.",
        System.Security.Authentication.AuthenticationException => "its certificate is not trusted, or bears another name.",
        _ => $"{e.HttpRequestError}.",
    };

    public void Dispose() => http.Dispose();
}
