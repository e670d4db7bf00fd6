using Accounts.Core.Failures;
using Accounts.Tests.Mail;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>Outside Development a database on another machine proves who it is, or gets neither password nor data.</summary>
[Trait("Pace", "long")]
public sealed class DatabaseTlsTests(RemotePostgres postgres) : IClassFixture<RemotePostgres>, IDisposable
{
    /// <summary>A standby that is not up, on another machine for all that the settings say; so both have to prove themselves.</summary>
    private const string Elsewhere = "localhost,[::ffff:127.0.0.2]:1";

    private const string VerifyFull = "SSL Mode=VerifyFull;";
    private const string CannotStart = "Accounts cannot start: ";
    private const string Untrusted = "its certificate is not trusted", NoTls = "it offers no TLS";
    private static readonly (string, string) Production = ("environment", "Production");

    private readonly CertificateAuthority ours = new(), another = new();

    public enum Shown
    {
        Right,
        OtherName,
        OtherAuthority,
        None,
    }

    [Theory]
    [InlineData("localhost", VerifyFull), InlineData(Elsewhere, VerifyFull), InlineData(Elsewhere, "")]
    public async Task CF_03_A_database_with_the_right_certificate_is_used_and_every_connection_is_encrypted(string host, string mode)
    {
        await ShowAsync(Shown.Right);
        var before = (await postgres.ConnectionsAsync()).Length;
        await using var server = await TestServer.StartOnAsync(postgres.ConnectionString(host, mode + Trusting(ours)), Production);
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
        var made = (await postgres.ConnectionsAsync())[before..];
        // The start's and one of the pool; more where this is the first start, which migrates.
        Assert.InRange(made.Length, 2, 100);
        Assert.All(made, line => Assert.Contains("SSL enabled", line, StringComparison.Ordinal));
        Assert.Equal(1, await postgres.Database.CountAsync("users", "email = @email", ("email", person.Email)));
    }

    [Theory]
    [InlineData("localhost", VerifyFull, Shown.OtherName, Untrusted), InlineData("localhost", VerifyFull, Shown.OtherAuthority, Untrusted), InlineData("localhost", VerifyFull, Shown.None, NoTls)]
    [InlineData(Elsewhere, "", Shown.OtherName, Untrusted), InlineData(Elsewhere, "", Shown.OtherAuthority, Untrusted), InlineData(Elsewhere, "", Shown.None, NoTls)]
    [InlineData(Elsewhere, "SSL Mode=VerifyCA;", Shown.OtherAuthority, Untrusted), InlineData(Elsewhere, "SSL Mode=VerifyCA;", Shown.None, NoTls)]
    public async Task CF_03_A_database_that_does_not_prove_itself_stops_the_start_and_there_is_no_fallback(string host, string mode, Shown shown, string reason)
    {
        await ShowAsync(shown);
        var before = await postgres.ConnectionsAsync();
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync(postgres.ConnectionString(host, mode + Trusting(ours)), Production));
        AssertRefused(refused.Message, host, reason);
        Assert.Equal(before, await postgres.ConnectionsAsync());
    }

    private static void AssertRefused(string line, string host, string reason)
    {
        Assert.StartsWith($"PostgreSQL at {host}:", line, StringComparison.Ordinal);
        Assert.Contains($"cannot be used: {reason}", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.DoesNotContain(RemotePostgres.Password, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CF_03_Without_a_root_certificate_the_systems_authorities_vouch()
    {
        await ShowAsync(Shown.Right);
        await using (var refused = ServerProcess.Launch(postgres.ConnectionString(Elsewhere), Production))
        {
            await refused.WaitForExitAsync();
            Assert.Equal(1, refused.ExitCode);
            var line = Assert.Single(refused.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.StartsWith(CannotStart, line, StringComparison.Ordinal);
            AssertRefused(line[CannotStart.Length..], Elsewhere, Untrusted);
        }
        await using var server = await ServerProcess.StartAsync(postgres.ConnectionString(Elsewhere), Production, ("SSL_CERT_FILE", ours.RootFile));
        using var client = server.Client();
        Assert.Equal(200, (await client.GetAsync("/readyz")).Status);
    }

    [Theory, Trait("Pace", "long")]
    [InlineData(Shown.OtherName, Untrusted), InlineData(Shown.OtherAuthority, Untrusted), InlineData(Shown.None, NoTls)]
    public async Task CF_03_A_database_that_is_replaced_by_a_stranger_is_refused_and_logged_and_nobody_is_signed_out(Shown stranger, string reason)
    {
        await ShowAsync(Shown.Right);
        await using var server = await ServerProcess.StartAsync(postgres.ConnectionString(more: VerifyFull + Trusting(ours)), Production);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "it has warmed up");
        await ShowAsync(stranger);
        var before = await postgres.ConnectionsAsync();
        await RefusesAsync(server, client, reason);
        Assert.Equal(before, await postgres.ConnectionsAsync());
        await ShowAsync(Shown.Right);
        await Until.TrueAsync(async () => (await client.RefreshAsync()).Status == 200 && (await client.GetAsync("/readyz")).Status == 200, "it works again");
        Assert.Equal(0, await postgres.Database.CountAsync("sessions", "ended_at IS NOT NULL"));
    }

    [Fact]
    public async Task CF_03_The_authority_is_replaced_while_the_server_runs_as_the_document_says()
    {
        await ShowAsync(Shown.Right);
        await using var server = await ServerProcess.StartAsync(postgres.ConnectionString(more: VerifyFull + Trusting(ours)), Production);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await Until.TrueAsync(async () => (await client.GetAsync("/readyz")).Status == 200, "it has warmed up");
        await File.AppendAllTextAsync(ours.RootFile, $"\n{await File.ReadAllTextAsync(another.RootFile)}");
        await ShowAsync(Shown.OtherAuthority);
        await Until.TrueAsync(async () => (await client.RefreshAsync()).Status == 200, "the next authority's certificate is good");
        File.Copy(another.RootFile, ours.RootFile, overwrite: true);
        await ShowAsync(Shown.Right);
        await RefusesAsync(server, client, Untrusted);
        Assert.Equal(0, await postgres.Database.CountAsync("sessions", "ended_at IS NOT NULL"));
    }

    private static async Task RefusesAsync(ServerProcess server, ApiClient client, string reason)
    {
        // The first ones find connections of before, which are dead.
        for (var request = 0; request < 20; request++)
        {
            var answer = await (request % 2 == 0 ? client.MeAsync() : client.RefreshAsync());
            Assert.True((503, "unavailable") == (answer.Status, answer["code"]), answer.ToString());
            Assert.Empty(answer.SetCookies);
        }
        // So do the first of these, in a pool of their own.
        for (var probe = 0; probe < 5; probe++)
        {
            Assert.Equal(503, (await client.GetAsync("/readyz")).Status);
        }
        Assert.Equal(200, (await client.GetAsync("/healthz")).Status);
        await server.LoggedAsync("Http.ErrorConverter", $"The database cannot be used: {reason}");
        await server.LoggedAsync("HealthCheck", $"The database cannot be used: {reason}");
        await server.LoggedAsync("The outbox cannot be worked on", reason);
    }

    [Theory]
    [InlineData("SSL Mode=Prefer", "false", "has SSL Mode=Prefer, which falls back to plaintext"), InlineData("SSL Mode=Allow", "false", "has SSL Mode=Allow, which falls back to plaintext")]
    [InlineData("SSL Mode=Prefer", "true", "has SSL Mode=Prefer, which falls back to plaintext"), InlineData("SSL Mode=Allow", "true", "has SSL Mode=Allow, which falls back to plaintext")]
    [InlineData("SSL Mode=Disable", "false", "has SSL Mode=Disable, which does not prove that db.invalid is your database: write SSL Mode=VerifyFull")]
    [InlineData("SSL Mode=Require", "false", "has SSL Mode=Require, which does not prove that db.invalid is your database: write SSL Mode=VerifyFull")]
    [InlineData("Host=localhost,db.invalid;Target Session Attributes=read-write;SSL Mode=Require", "false", "has SSL Mode=Require, which does not prove that localhost,db.invalid is")]
    [InlineData("Host=localhost.db.invalid:5432;SSL Mode=Require", "false", "has SSL Mode=Require, which does not prove that localhost.db.invalid")]
    [InlineData("Host=10.0.0.7;SSL Mode=Disable", "false", "has SSL Mode=Disable, which does not prove that 10.0.0.7 is your database")]
    [InlineData("SSL Mode=VerifyCA", "false", "has SSL Mode=VerifyCA without Root Certificate")]
    [InlineData("Root Certificate=/nowhere/ca.pem", "false", "names Root Certificate=/nowhere/ca.pem, which cannot be read")]
    [InlineData("Passfile=/nowhere/pgpass", "false", "names Passfile=/nowhere/pgpass, which cannot be read")]
    public async Task CF_03_A_connection_string_that_proves_nothing_stops_the_start_of_Production(string more, string allowed, string sentence)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync(
            $"Host=db.invalid;Password={RemotePostgres.Password};{more}", Production, ("Accounts:Database:AllowUnverified", allowed)));
        Assert.StartsWith($"ConnectionStrings__Accounts {sentence}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
        Assert.DoesNotContain(RemotePostgres.Password, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Elsewhere, "SSL Mode=Disable", Shown.None, "true"), InlineData(Elsewhere, "SSL Mode=Require", Shown.OtherAuthority, "true")]
    [InlineData("localhost", "", Shown.None, "false"), InlineData("127.0.0.1", "SSL Mode=Disable", Shown.None, "false")]
    public async Task CF_03_Where_a_private_network_is_declared_or_there_is_none_the_connection_string_decides(string host, string mode, Shown shown, string allowed)
    {
        await ShowAsync(shown);
        await using var server = await TestServer.StartOnAsync(postgres.ConnectionString(host, mode), Production, ("Accounts:Database:AllowUnverified", allowed));
        await server.WaitUntilReadyAsync();
        Assert.Equal(mode.EndsWith("Require", StringComparison.Ordinal), (await postgres.ConnectionsAsync())[^1].Contains("SSL enabled", StringComparison.Ordinal));
    }

    private static string Trusting(CertificateAuthority authority) => $"Root Certificate={authority.RootFile}";

    private Task ShowAsync(Shown what) => postgres.ShowAsync(what switch
    {
        Shown.Right => ours.Issue("localhost"),
        Shown.OtherName => ours.Issue("other.example.test"),
        Shown.OtherAuthority => another.Issue("localhost"),
        _ => null,
    });

    public void Dispose()
    {
        ours.Dispose();
        another.Dispose();
    }
}
