using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using System.Text.Json;
using Accounts.Api.Http;
using Accounts.Core.Checkup;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Checkup;

/// <summary>Asks the server at PublicUrl, as browsers do, and looks how that arrives there: by which proxy, by which name, as whom.</summary>
public sealed class PublicUrlCheck(IOptions<SiteOptions> site, Probe probe, IHostEnvironment environment) : ICheck
{
    private const string Path = "/healthz", Public = "Accounts__PublicUrl";

    public string Name => "public_url";

    public string WhenWell => $"{site.Value.Origin} leads here, and clients are told apart.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(10) };
        if (!site.Value.IsHttps && !environment.IsDevelopment())
        {
            yield return Fault.Warning($"{Public} is {site.Value.Origin}: cookies travel without Secure, and browsers are not told to come by https (HSTS). Good on this machine alone; for everybody else put a proxy with TLS in front, and write its https address there.");
        }
        var (answer, fault) = await AskAsync(http, cancellation);
        using var _ = answer;
        if (answer is null)
        {
            yield return fault!;
            yield break;
        }
        foreach (var found in Faults(answer))
        {
            yield return found;
        }
        if (site.Value.IsHttps && await AnswersInClearAsync(http, cancellation))
        {
            yield return Fault.Warning($"http://{site.Value.Host}{Path} is answered in clear: let the proxy redirect http to https (301), so that nobody's first request is read on the way.");
        }
    }

    private async Task<(HttpResponseMessage?, Fault?)> AskAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, site.Value.Origin + Path);
            request.Headers.Add(Probe.Header, probe.Make());
            return (await http.SendAsync(request, cancellation), null);
        }
        catch (HttpRequestException e)
        {
            return (null, Away(e));
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, Fault.Problem($"Nothing answers at {site.Value.Origin} within 10 seconds: look at the proxy, and whether its network lets it reach the server."));
        }
    }

    private Fault Away(HttpRequestException e) => e.InnerException switch
    {
        // Before the first start that is as it should be.
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } => Fault.Warning($"Nothing listens at {site.Value.Origin}: start the server, and the proxy in front of it, and check again; or correct {Public}."),
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => Fault.Problem($"The name {site.Value.Host} ({Public}) leads nowhere from here: correct it, or enter it in DNS."),
        // A handshake that fails otherwise tells of it in the same exception.
        AuthenticationException inner when inner.Message.Contains("certificate", StringComparison.Ordinal) => Fault.Problem($"The certificate at {site.Value.Origin} is not trusted: {(inner.InnerException ?? inner).Message.TrimEnd('.')}. It must be of a public authority, or of one that this machine trusts, and bear the name {site.Value.Host}."),
        _ when e.HttpRequestError == HttpRequestError.SecureConnectionError => Fault.Problem($"What answers at {site.Value.Origin} speaks no TLS, or none that this machine takes: let the proxy end TLS there, or correct {Public}. ({(e.InnerException ?? e).Message})"),
        _ => Fault.Problem($"{site.Value.Origin} cannot be asked: {e.Message}"),
    };

    private IEnumerable<Fault> Faults(HttpResponseMessage answer)
    {
        if (answer.StatusCode != HttpStatusCode.OK)
        {
            yield return Fault.Problem($"{site.Value.Origin}{Path} answers {(int)answer.StatusCode} and not 200: what is in front does not reach the server, or leads elsewhere. Let it pass every path on as it is.");
        }
        else if (!answer.Headers.TryGetValues(Probe.Answer, out var told))
        {
            yield return Fault.Problem($"What answers at {site.Value.Origin} is not a server with this Accounts__SecretKey: another program, another node with another key, or a proxy that drops headers it does not know.");
        }
        else
        {
            foreach (var fault in Arrival.Faults(JsonSerializer.Deserialize(told.First(), HttpJson.Default.SeenRequest)!, site.Value))
            {
                yield return fault;
            }
            if (site.Value.IsHttps && !answer.Headers.Contains("Strict-Transport-Security"))
            {
                yield return Fault.Warning("The proxy drops the header Strict-Transport-Security that the server sends: let it pass, so that browsers never come in clear.");
            }
        }
    }

    private async Task<bool> AnswersInClearAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://{site.Value.Host}{Path}"), cancellation);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return false;
        }
    }
}
