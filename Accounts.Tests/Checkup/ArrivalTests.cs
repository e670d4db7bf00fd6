using System.Net;
using Accounts.Api.Checkup;
using Accounts.Api.Http;
using Accounts.Core.Checkup;
using Accounts.Core.Settings;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>The doctor asks PublicUrl and looks what arrives, through proxies that are set up as people set them up.</summary>
[Trait("Pace", "long")]
public sealed class ArrivalTests(Postgres postgres)
{
    [Theory]
    [InlineData("as it should be", "public_url", FindingLevel.Warning, "cookies travel without Secure")]
    [InlineData("not listed", "public_url", FindingLevel.Problem, "The proxy at 127.0.0.1 is not listed in Accounts__TrustedProxies")]
    [InlineData("another host", "public_url", FindingLevel.Problem, "The proxy asks for the host upstream:80 in place of localhost")]
    [InlineData("502", "public_url", FindingLevel.Problem, "/healthz answers 502 and not 200")]
    [InlineData("another program", "public_url", FindingLevel.Problem, "is not a server with this Accounts__SecretKey")]
    public async Task CF_01_The_doctor_tells_how_a_proxy_passes_requests_on(string proxy, string check, FindingLevel level, string words)
    {
        var port = TestSettings.FreePort();
        (string, string) publicUrl = ("Accounts:PublicUrl", $"http://localhost:{port}");
        await using var server = await TestServer.StartAsync(postgres, publicUrl, ("Accounts:TrustedProxies", proxy == "not listed" ? "10.0.0.7" : "127.0.0.1"));
        await using var front = await ProxyAsync(port, server.Address, proxy);
        var findings = await Doctor.AskAsync(server.Database.ConnectionString, publicUrl);
        findings.Finds(check, level, words);
        Assert.Equal(level == FindingLevel.Problem ? 1 : 0, findings.Count(finding => finding is { Check: "public_url", Level: FindingLevel.Problem }));
    }

    [Fact]
    public async Task CF_01_Where_nothing_listens_the_doctor_says_so_and_a_first_start_may_follow() =>
        (await Doctor.AskAsync(await postgres.CreateDatabaseAsync())).Finds("public_url", FindingLevel.Warning, "Nothing listens at http://localhost:");

    [Theory]
    [InlineData("172.18.0.1", null, "Every client comes as 172.18.0.1, the gateway of a container network")]
    [InlineData("172.18.0.1", "203.0.113.9, 172.18.0.1", "Every client comes as 172.18.0.1")]
    [InlineData("127.0.0.1", null, "The proxy sends no X-Forwarded-For")]
    [InlineData("10.0.0.5", "203.0.113.9", "The proxy at 10.0.0.5 is not listed")]
    [InlineData("203.0.113.9", "203.0.113.9", null), InlineData("2001:db8::7", "junk, \"[2001:db8::7]:443\"", null), InlineData("192.168.7.7", null, null)]
    public void CF_01_What_arrives_tells_of_gateways_and_proxies(string client, string? forwarded, string? words)
    {
        var faults = Arrival.Faults(new SeenRequest(client, forwarded, "accounts.example.test"), new SiteOptions { PublicUrl = "https://accounts.example.test" }).Select(fault => fault.Text);
        Assert.Equal(words is null ? 0 : 1, faults.Count(text => words is null || text.StartsWith(words, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task CF_01_How_a_request_arrives_is_told_to_nobody_without_the_secret_key()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = new HttpClient();
        foreach (var forged in new[] { "", "x", new string('A', 59), new string('A', 4000) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/healthz"));
            request.Headers.TryAddWithoutValidation(Probe.Header, forged);
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, false), (answer.StatusCode, answer.Headers.Contains(Probe.Answer)));
        }
    }

    private static async Task<WebApplication> ProxyAsync(int port, Uri server, string kind)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        var http = new HttpClient();
        app.Lifetime.ApplicationStopped.Register(http.Dispose);
        app.Run(async context =>
        {
            if (kind is "502" or "another program")
            {
                context.Response.StatusCode = kind == "502" ? 502 : 200;
                return;
            }
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server, context.Request.Path.Value));
            request.Headers.Host = kind == "another host" ? "upstream:80" : context.Request.Host.Value;
            request.Headers.Add("X-Forwarded-For", "203.0.113.9");
            request.Headers.Add(Probe.Header, context.Request.Headers[Probe.Header].ToString());
            using var answer = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)answer.StatusCode;
            if (answer.Headers.TryGetValues(Probe.Answer, out var seen))
            {
                context.Response.Headers[Probe.Answer] = seen.Single();
            }
        });
        await app.StartAsync();
        return app;
    }
}
