using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>Mail carries links that sign people in: it goes only to a server that proves who it is, and a refused sign-in is told as one.</summary>
/// <remarks>The certificates come from a private root that publishes no list of revoked ones.</remarks>
[Trait("Pace", "long")]
public sealed class SmtpTlsTests(Postgres postgres) : IDisposable
{
    private const string Password = "canary-of-the-smtp-password";

    private readonly CertificateAuthority authority = new();

    /// <summary>The environment in which the root is trusted.</summary>
    private (string, string) Trusted => ("SSL_CERT_FILE", authority.RootFile);

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task CF_03_A_server_that_offers_no_STARTTLS_gets_no_mail()
    {
        await using var sink = await MailSink.StartAsync(new { hideStartTls = true });
        await using var server = await StartAsync(sink.Safely());
        await RefusesAsync(server, sink, "cannot be used", "STARTTLS");
    }

    [Fact]
    public async Task CF_03_A_server_with_a_certificate_that_nobody_vouches_for_gets_no_mail()
    {
        await using var sink = await MailSink.StartAsync();
        await using var server = await StartAsync(sink.Safely());
        await RefusesAsync(server, sink, "shows a certificate that is not trusted");
    }

    [Fact]
    public async Task CF_03_A_server_with_a_trusted_certificate_for_another_name_gets_no_mail()
    {
        var certificate = authority.Issue("other.example.test");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text });
        await using var server = await StartAsync(sink.Safely(), Trusted);
        await RefusesAsync(server, sink, "shows a certificate that is not trusted");
    }

    [Fact]
    public async Task CF_03_A_trusted_server_gets_the_mail_over_TLS_after_a_sign_in()
    {
        var certificate = authority.Issue("localhost");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "p@ss/word" });
        await using var server = await StartAsync(sink.Safely("accounts:p%40ss%2Fword@"), Trusted);
        var mail = Assert.Single(await sink.WaitAsync(await server.RegisterAsync()));
        Assert.Equal((true, "accounts"), (mail.Secure, mail.User));
    }

    [Fact]
    public async Task CF_03_A_trusted_server_gets_the_mail_over_TLS_from_the_first_byte()
    {
        var certificate = authority.Issue("localhost");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "p@ss/word", @implicit = true });
        await using var server = await StartAsync(sink.Implicitly("accounts:p%40ss%2Fword@"), Trusted);
        var mail = Assert.Single(await sink.WaitAsync(await server.RegisterAsync()));
        Assert.Equal((true, "accounts"), (mail.Secure, mail.User));
    }

    [Theory]
    [InlineData("PLAIN"), InlineData("LOGIN"), InlineData("SCRAM-SHA-256")]
    public async Task CF_03_A_server_that_knows_one_way_to_sign_in_gets_the_mail(string method)
    {
        var certificate = authority.Issue("localhost");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "p@ss/word", methods = new[] { method } });
        await using var server = await StartAsync(sink.Safely("accounts:p%40ss%2Fword@"), Trusted);
        Assert.Equal("accounts", Assert.Single(await sink.WaitAsync(await server.RegisterAsync())).User);
    }

    [Theory]
    [InlineData("PLAIN"), InlineData("SCRAM-SHA-256")]
    public async Task CF_03_A_wrong_password_is_told_in_the_servers_words_and_loses_no_mail(string method)
    {
        var certificate = authority.Issue("localhost");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "another", methods = new[] { method } });
        await using var server = await StartAsync(sink.Safely($"accounts:{Password}@"), Trusted);
        await RefusesAsync(server, sink, "refuses to sign us in as Accounts__Mail__SmtpUrl says", "5.7.8 Authentication failed");
        Assert.All((await sink.LoginsAsync())!, Assert.False);
        Assert.DoesNotContain(Password, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, await server.Database.DumpAsync(), StringComparison.Ordinal);
    }

    /// <summary>The mail stays in the outbox, the log says why, and nothing went over the wire.</summary>
    private static async Task RefusesAsync(ServerProcess server, MailSink sink, params string[] logged)
    {
        var address = await server.RegisterAsync();
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND attempts = 0 AND payload IS NOT NULL AND last_error <> ''");
        await server.LoggedAsync(["No mail leaves at the moment", .. logged]);
        Assert.Empty(await sink.MailsAsync());
    }

    private async Task<ServerProcess> StartAsync(params (string, string)[] settings) =>
        await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), settings);
}
