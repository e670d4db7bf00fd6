using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>Set-ups with several faults at once: each is still found, and the doctor comes to an end.</summary>
[Trait("Pace", "long")]
public sealed class BrokenAtOnceTests(Postgres postgres)
{
    /// <summary>The doctor's own limit is 20 s for what it asks at once.</summary>
    private static readonly TimeSpan Reasonable = TimeSpan.FromSeconds(25);

    [Fact]
    public async Task CF_01_Every_fault_of_a_set_up_that_has_many_is_told()
    {
        await using var server = await TestServer.StartAsync(postgres);
        await server.Database.ExecuteAsync("INSERT INTO outbox_messages (id, template, recipient, payload, state, attempts, due_at, created_at) VALUES (gen_random_uuid(), 'verify_email', 'ann@example.test', '\\x00', 'queued', 0, now() + interval '1 hour', now() - interval '7 minutes')");
        await using var sink = await MailSink.StartAsync(new { hideStartTls = true });
        var findings = await Doctor.AskAsync(
            $"{server.Database.ConnectionString};Maximum Pool Size=5000",
            sink.Safely(),
            ("Accounts:SecretKey", "another secret key that is long enough for everybody"),
            ("Accounts:PublicUrl", "https://nowhere.invalid"),
            ("Accounts:TrustedProxies", "10.0.0.0/8"),
            ("Accounts:FrontendUrl", "https://app.example.test"),
            ("Accounts:Throttling:Enabled", "false"),
            ("Accounts:Social:GitHub:ClientId", "id"),
            ("Accounts:Social:GitHub:ClientSecret", "secret"),
            ("Accounts:Social:GitHub:TokenUrl", "http://localhost:1/token"));
        findings.Finds("database", FindingLevel.Warning, "set Maximum Pool Size");
        findings.Finds("keys", FindingLevel.Problem, "was stored under another secret key");
        findings.Finds("mail", FindingLevel.Problem, "offers no STARTTLS");
        findings.Finds("outbox", FindingLevel.Problem, "1 mail waits, for 7 minutes. None was tried: does a server run?");
        findings.Finds("front_end", FindingLevel.Problem, "is not in Accounts__AllowedOrigins");
        findings.Finds("front_end", FindingLevel.Problem, "are different sites");
        findings.Finds("public_url", FindingLevel.Problem, "leads nowhere from here");
        findings.Finds("providers", FindingLevel.Problem, "GitHub cannot be asked");
        findings.Finds("throttling", FindingLevel.Problem, "Accounts__Throttling__Enabled is false");
        findings.Finds("throttling", FindingLevel.Problem, "lists 10.0.0.0/8");
        findings.Finds("admins", FindingLevel.Warning, "Nobody administers");
    }

    [Fact]
    public async Task CF_01_Hosts_that_accept_and_never_answer_are_told_within_25_seconds()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start(200);
        var host = $"localhost:{((IPEndPoint)silent.LocalEndpoint).Port}";
        var taken = Stopwatch.StartNew();
        var findings = await Doctor.AskAsync(
            $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Database=accounts;Username=accounts;Password=m-3ar",
            ("Accounts:Mail:SmtpUrl", $"smtp://{host}"),
            ("Accounts:PublicUrl", $"https://{host}"),
            ("Accounts:TrustedProxies", "127.0.0.1"),
            ("Accounts:Social:GitHub:ClientId", "id"),
            ("Accounts:Social:GitHub:ClientSecret", "secret"),
            ("Accounts:Social:GitHub:TokenUrl", $"http://{host}/token"),
            ("Accounts:Social:Oidc:Company:ClientId", "id"),
            ("Accounts:Social:Oidc:Company:ClientSecret", "secret"),
            ("Accounts:Social:Oidc:Company:Issuer", $"http://{host}"));
        Assert.InRange(taken.Elapsed, TimeSpan.Zero, Reasonable);
        findings.Finds("database", FindingLevel.Problem, "/accounts cannot be used: it does not answer in time. Check ConnectionStrings__Accounts");
        findings.Finds("mail", FindingLevel.Problem, $"The mail server {host} cannot be used: it does not answer in time.");
        findings.Finds("public_url", FindingLevel.Problem, $"Nothing answers at https://{host} within 10 seconds");
        findings.Finds("providers", FindingLevel.Problem, $"GitHub does not answer at http://{host}/token within 9 seconds");
        findings.Finds("providers", FindingLevel.Problem, $"http://{host}/.well-known/openid-configuration cannot be read");
        findings.Finds("clock", FindingLevel.Warning, "It was not looked at, for the database has to be asked");
    }
}
