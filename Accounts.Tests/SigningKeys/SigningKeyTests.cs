using System.Buffers.Text;
using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Xunit;

namespace Accounts.Tests.SigningKeys;

/// <summary>One signing key for all nodes, in the database, that only the secret key opens.</summary>
public sealed class SigningKeyTests(Postgres postgres)
{
    private const string OtherSecret = "another secret key of the tests that opens nothing yet";
    private static readonly (string, string) Issuer = ("Accounts:Tokens:Issuer", "https://accounts.example.test");

    [Fact]
    public async Task AT_08_A_restart_keeps_tokens_good()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (access, keyId) = await SignInOnAsync(database, Issuer);
        await using var restarted = await TestServer.StartOnAsync(database, Issuer);
        await AcceptsAsync(restarted, access);
        Assert.Equal(keyId, restarted.Services.GetRequiredService<SigningKeyRing>().Active.Id);
        Assert.Equal(1, await restarted.Database.CountAsync("signing_keys"));
    }

    [Fact]
    public async Task AT_08_A_token_of_one_node_is_good_at_another()
    {
        await using var a = await TestServer.StartAsync(postgres, Issuer);
        await using var b = await TestServer.StartOnAsync(a.Database.ConnectionString, Issuer);
        foreach (var (here, there) in new[] { (a, b), (b, a) })
        {
            using var client = here.Client();
            await client.SignInSomebodyAsync();
            await AcceptsAsync(there, client.Access!);
        }
        Assert.Equal(1, await a.Database.CountAsync("signing_keys"));
    }

    [Fact]
    public async Task AT_08_A_start_waits_for_a_slow_node_that_makes_the_key()
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        await using var slow = new NpgsqlConnection(database.ConnectionString);
        await slow.OpenAsync();
        await LockAsync(slow, "pg_advisory_lock");
        var starting = TestServer.StartOnAsync(database.ConnectionString);
        await database.UntilConnectionsAsync(1, "wait_event = 'advisory' AND clock_timestamp() - query_start > interval '3 seconds'");
        await LockAsync(slow, "pg_advisory_unlock");
        await using var server = await starting;
        Assert.Equal(1, await database.CountAsync("signing_keys"));
    }

    [Fact]
    public async Task AT_08_Another_secret_key_stops_the_start_and_the_message_says_what_to_do()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (_, keyId) = await SignInOnAsync(database);
        await using var process = ServerProcess.Launch(database, ("Accounts:SecretKey", OtherSecret));
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 1, process.Output);
        Assert.Contains($"Accounts cannot start: The signing key {keyId} ", process.Output, StringComparison.Ordinal);
        Assert.Contains("Accounts__PreviousSecretKeys", process.Output, StringComparison.Ordinal);
        Assert.Contains("Accounts__SecretKey", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(OtherSecret, process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", process.Output, StringComparison.Ordinal);
        Assert.Equal(1, await process.Database.CountAsync("signing_keys", "id = @id AND revoked_at IS NULL", ("id", keyId)));
    }

    [Fact]
    public async Task AT_08_A_previous_secret_key_still_opens_the_signing_key()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (access, _) = await SignInOnAsync(database, Issuer);
        await using var moved = await TestServer.StartOnAsync(
            database, Issuer, ("Accounts:SecretKey", OtherSecret), ("Accounts:PreviousSecretKeys", $"x, {TestSettings.SecretKey}"));
        await AcceptsAsync(moved, access);
        Assert.Equal(1, await moved.Database.CountAsync("signing_keys"));
    }

    [Fact]
    public async Task AT_08_A_secret_key_is_the_same_with_white_space_about_it()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (access, _) = await SignInOnAsync(database, Issuer);
        await using var padded = await TestServer.StartOnAsync(database, Issuer, ("Accounts:SecretKey", $" {TestSettings.SecretKey}\n"));
        await AcceptsAsync(padded, access);
    }

    [Theory]
    [InlineData("", "is not set"), InlineData("   ", "is not set"), InlineData("a key of thirty-one bytes is no ", "is shorter than 32 bytes")]
    [InlineData("long enough, but with a comma in the middle", "contains a comma")]
    public async Task AT_08_A_missing_or_weak_secret_key_stops_the_start_and_is_not_printed(string secret, string fault)
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        var refused = await Assert.ThrowsAsync<Core.Failures.StartupException>(() => TestServer.StartOnAsync(
            database.ConnectionString, ("environment", "Production"), ("Accounts:SecretKey", secret)));
        Assert.StartsWith($"Accounts__SecretKey {fault}", refused.Message, StringComparison.Ordinal);
        Assert.True(secret.Trim().Length == 0 || !refused.Message.Contains(secret, StringComparison.Ordinal));
        Assert.Equal(0, await database.CountAsync("signing_keys"));
    }

    [Fact]
    public async Task AT_08_A_damaged_or_exchanged_signing_key_stops_the_start()
    {
        var database = await postgres.CreateDatabaseAsync();
        var (_, keyId) = await SignInOnAsync(database);
        Assert.Equal(1, await new TestDatabase(database).ExecuteAsync("UPDATE signing_keys SET id = reverse(id)"));
        var refused = await Assert.ThrowsAsync<Core.Failures.StartupException>(() => TestServer.StartOnAsync(database));
        Assert.Contains(string.Concat(keyId.Reverse()), refused.Message, StringComparison.Ordinal);
        Assert.Equal(1, await new TestDatabase(database).CountAsync("signing_keys"));
    }

    [Fact]
    public async Task AT_08_Neither_a_database_dump_nor_the_log_holds_the_private_key()
    {
        var database = await postgres.CreateDatabaseAsync();
        await using var process = await ServerProcess.StartAsync(database, ("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft", "Debug"));
        using var client = process.Client();
        await client.SignInSomebodyAsync();
        await using var reader = await TestServer.StartOnAsync(database);
        var key = reader.Services.GetRequiredService<SigningKeyRing>().Active;
        var dump = await process.Database.DumpAsync();
        Assert.Contains(key.Id, dump, StringComparison.Ordinal);
        Assert.Contains("Security event SignedIn", process.Output, StringComparison.Ordinal);
        foreach (var spelling in Spellings(key).Append(TestSettings.SecretKey))
        {
            Assert.DoesNotContain(spelling, dump, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(spelling, process.Output, StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The private number and the whole key as anything would write them.</summary>
    private static IEnumerable<string> Spellings(SigningKey key)
    {
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.ToPkcs8(), out _);
        var bytes = new[] { ecdsa.ExportParameters(true).D!, key.ToPkcs8() };
        return bytes.SelectMany(secret => new[] { Convert.ToHexString(secret), Convert.ToBase64String(secret), Base64Url.EncodeToString(secret) });
    }

    private static async Task<(string Access, string KeyId)> SignInOnAsync(string database, params (string, string)[] settings)
    {
        await using var server = await TestServer.StartOnAsync(database, settings);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        return (client.Access!, server.Services.GetRequiredService<SigningKeyRing>().Active.Id);
    }

    private static async Task LockAsync(NpgsqlConnection connection, string function)
    {
        await using var command = new NpgsqlCommand($"SELECT {function}({(long)AdvisoryLock.SigningKeys})", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task AcceptsAsync(TestServer server, string access)
    {
        using var client = server.Client();
        var me = await client.MeAsync(access);
        Assert.True(me.Status == 200, me.ToString());
    }
}
