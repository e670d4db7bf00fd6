using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Mail;

/// <summary>Mail carries links that sign people in: it goes only to a server that proves who it is, and a wrong password is told as one.</summary>
[Trait("Pace", "slow")]
public sealed class SmtpTlsTests(Postgres postgres)
{
    private const string Password = "canary-of-the-smtp-password";

    [Fact]
    public async Task CF_03_A_server_that_offers_no_STARTTLS_gets_no_mail()
    {
        await using var sink = await MailSink.StartAsync(new { hideStartTls = true });
        await using var server = await StartAsync(sink.Safely());
        await RefusesAsync(server, sink, "cannot be used", "secure connections");
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
        using var certificate = Certificate.For("other.example.test");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text });
        await using var server = await StartAsync(sink.Safely(), certificate.Trusted);
        await RefusesAsync(server, sink, "shows a certificate that is not trusted");
    }

    [Fact]
    public async Task CF_03_A_trusted_server_gets_the_mail_over_TLS_after_a_sign_in()
    {
        using var certificate = Certificate.For("localhost");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "p@ss/word" });
        await using var server = await StartAsync(sink.Safely("accounts:p%40ss%2Fword@"), certificate.Trusted);
        var mail = Assert.Single(await sink.WaitAsync(await server.RegisterAsync()));
        Assert.Equal((true, "accounts"), (mail.Secure, mail.User));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task CF_03_A_wrong_password_is_told_as_one_and_loses_no_mail(bool lenient)
    {
        using var certificate = Certificate.For("localhost");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "another", lenient });
        await sink.MisbehaveAsync(new MailSink.Fault("@", "stranger"));
        await using var server = await StartAsync(sink.Safely($"accounts:{Password}@"), certificate.Trusted);
        await RefusesAsync(server, sink, "does not accept the user and password in Accounts__Mail__SmtpUrl");
        Assert.All((await sink.LoginsAsync())!, Assert.False);
        Assert.DoesNotContain(Password, server.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(Password, await server.Database.DumpAsync(), StringComparison.Ordinal);
    }

    /// <summary>The mail stays in the outbox, the log says why, and nothing went over the wire.</summary>
    private static async Task RefusesAsync(ServerProcess server, MailSink sink, params string[] logged)
    {
        var address = await server.RegisterAsync();
        await server.Database.ExpectMailAsync(address, "state = 'queued' AND attempts > 0 AND payload IS NOT NULL AND last_error <> ''");
        await server.LoggedAsync(["could not be sent at attempt 1", .. logged]);
        Assert.Empty(await sink.MailsAsync());
    }

    private async Task<ServerProcess> StartAsync(params (string, string)[] settings) =>
        await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), settings);

    /// <summary>A certificate of its own authority, and the environment in which it is trusted.</summary>
    private sealed record Certificate(string Key, string Text, string File) : IDisposable
    {
        public (string, string) Trusted => ("SSL_CERT_FILE", File);

        public static Certificate For(string host)
        {
            using var key = RSA.Create(2048);
            var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            var names = new SubjectAlternativeNameBuilder();
            names.AddDnsName(host);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
            var file = Path.GetTempFileName();
            System.IO.File.WriteAllText(file, made.ExportCertificatePem());
            return new Certificate(key.ExportPkcs8PrivateKeyPem(), made.ExportCertificatePem(), file);
        }

        public void Dispose() => System.IO.File.Delete(File);
    }
}
