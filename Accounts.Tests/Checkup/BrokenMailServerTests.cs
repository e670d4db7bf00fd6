using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>What is wrong with the mail server, each fault of a real one, with the sentence that it gets.</summary>
[Trait("Pace", "long")]
public sealed class BrokenMailServerTests(Postgres postgres)
{
    public static TheoryData<string, string> Broken => new()
    {
        { "no STARTTLS", "cannot be used, for it offers no STARTTLS: name its port for STARTTLS or TLS in Accounts__Mail__SmtpUrl" },
        { "certificate", "shows a certificate that is not trusted: it must be of a public authority, or of one that this machine trusts, and bear the name localhost." },
        { "plain port by smtps", "speaks no TLS from the first byte there: Accounts__Mail__SmtpUrl begins with smtps:// for port 465" },
        { "greeting", "The mail server 127.0.0.1:" },
    };

    [Theory, MemberData(nameof(Broken))]
    public async Task CF_01_The_doctor_tells_what_is_wrong_with_the_mail_server(string fault, string words)
    {
        await using var sink = await MailSink.StartAsync(new { hideStartTls = fault == "no STARTTLS" });
        if (fault == "greeting")
        {
            await sink.CloseAsync();
        }
        var address = fault switch { "plain port by smtps" => sink.Implicitly(), "greeting" => sink.Plainly, _ => sink.Safely() };
        (await Doctor.AskAsync(await postgres.CreateDatabaseAsync(), address)).Finds("mail", FindingLevel.Problem, words);
    }

    [Fact]
    public async Task CF_01_A_mail_server_that_refuses_our_user_and_password_is_told_in_its_words()
    {
        using var authority = new CertificateAuthority();
        var certificate = authority.Issue("localhost");
        await using var sink = await MailSink.StartAsync(new { key = certificate.Key, cert = certificate.Text, user = "accounts", password = "another" });
        await using var run = await ServerProcess.RunAsync(
            ["check"], await postgres.CreateDatabaseAsync(), ("environment", "Production"), ("SSL_CERT_FILE", authority.RootFile), sink.Safely("accounts:m-3ar@"));
        Assert.Contains("refuses to sign us in as Accounts__Mail__SmtpUrl says: 535: 5.7.8 Authentication failed", run.Output, StringComparison.Ordinal);
        Assert.Equal((1, false), (run.ExitCode, run.Output.Contains("m-3ar", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task CF_01_A_mail_server_that_takes_mail_is_well()
    {
        await using var sink = await MailSink.StartAsync();
        (await Doctor.AskAsync(await postgres.CreateDatabaseAsync(), sink.Plainly)).Finds("mail", FindingLevel.Ok, "Mail can be handed over");
    }
}
