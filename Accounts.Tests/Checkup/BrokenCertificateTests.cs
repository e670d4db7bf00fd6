using System.Security.Cryptography.X509Certificates;
using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>What is wrong with the TLS at PublicUrl, with the sentence that it gets.</summary>
public sealed class BrokenCertificateTests(Postgres postgres) : IDisposable
{
    private readonly CertificateAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task CF_01_A_certificate_of_an_authority_that_nobody_trusts_is_told()
    {
        await using var front = await FrontAsync(authority.Issue("localhost"));
        var findings = await Doctor.AskAsync(await postgres.CreateDatabaseAsync(), At(front));
        findings.Finds("public_url", FindingLevel.Problem, $"The certificate at {front.Urls.Single()} is not trusted");
        findings.Finds("public_url", FindingLevel.Problem, "errors in the certificate chain");
    }

    [Fact]
    public async Task CF_01_A_certificate_that_bears_another_name_is_told()
    {
        await using var front = await FrontAsync(authority.Issue("other.example.test"));
        await using var run = await ServerProcess.RunAsync(["check"], await postgres.CreateDatabaseAsync(), [("environment", "Production"), ("SSL_CERT_FILE", authority.RootFile), .. At(front)]);
        Assert.Contains("RemoteCertificateNameMismatch", run.Output, StringComparison.Ordinal);
        Assert.Contains("or of one that this machine trusts, and bear the name localhost.", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CF_01_A_port_that_speaks_no_TLS_is_told()
    {
        await using var front = await FrontAsync(null);
        (await Doctor.AskAsync(await postgres.CreateDatabaseAsync(), At(front))).Finds("public_url", FindingLevel.Problem, "speaks no TLS");
    }

    private static (string, string)[] At(WebApplication front) =>
        [("Accounts:PublicUrl", front.Urls.Single().Replace("http://", "https://", StringComparison.Ordinal)), ("Accounts:TrustedProxies", "127.0.0.1")];

    private static async Task<WebApplication> FrontAsync(ServerCertificate? shown)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().UseKestrel(kestrel => kestrel.ListenLocalhost(TestSettings.FreePort(), listen =>
        {
            if (shown is not null)
            {
                listen.UseHttps(X509Certificate2.CreateFromPem(shown.Text, shown.Key));
            }
        }));
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync("somebody"));
        await app.StartAsync();
        return app;
    }
}
