using System.Diagnostics;
using Accounts.Development.Postgres;
using Accounts.Tests.Admin;
using Accounts.Tests.History;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Accounts.Tests.TrustedDevices;
using Npgsql;
using Xunit;

namespace Accounts.Tests.Restoring;

/// <summary>A backup is put back, and has forgotten what was taken back since.</summary>
[Trait("Pace", "long")]
public sealed class RestoreModeTests(Postgres postgres)
{
    [Fact]
    public async Task DU_07_What_was_taken_back_since_the_backup_stays_so_and_accounts_are_whole()
    {
        var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        using var leaver = server.Client();
        var (person, left) = (await client.SignInSomebodyAsync(), await leaver.SignInSomebodyAsync());
        var (refresh, forgotten, access) = (client.Cookies["refresh_token"], leaver.Cookies["refresh_token"], client.Access);
        var reset = await server.Database.PlantResetAsync(person);
        await server.Database.ExecuteAsync("UPDATE outbox_messages SET state = 'queued', sent_at = NULL, payload = '\\x00', due_at = now() + interval '1 hour'");
        await server.Database.PlantTrustAsync(person);
        await server.Database.ExecuteAsync("INSERT INTO factor_resets (user_id, actor_id, asked_at, effective_at) SELECT id, id, now(), now() FROM users WHERE email = @email", ("email", person.Email));
        await server.Database.PlantInvitationAsync(Some.Email(), person, "admin");
        await server.Database.ExecuteAsync("""
            INSERT INTO api_tokens (user_id, id, token_hash, epoch, name, roles, created_at, expires_at)
            SELECT id, gen_random_uuid(), 'x', sessions_epoch, 'x', '{}', now(), now() + interval '1 day' FROM users WHERE email = @email
            """, ("email", person.Email));
        var (mails, feed) = (await server.Database.CountAsync("outbox_messages"), await server.Database.ScalarAsync<Guid>("SELECT id FROM feed_origins"));
        var backup = await DumpAsync(server.Database);
        await leaver.LogoutAsync();
        await server.DisposeAsync();

        var restored = new TestDatabase(await RestoreAsync(backup));
        await restored.ExecuteAsync("UPDATE sessions SET created_at = created_at - interval '1 hour', rotated_at = rotated_at - interval '1 hour'");
        await using (var run = await ServerProcess.RunAsync(["restore-mode"], restored.ConnectionString))
        {
            Assert.True(run.ExitCode == 0 && run.Output.Contains("users whose sessions end: 2", StringComparison.Ordinal), run.Output);
        }

        Assert.Equal(0, await restored.CountAsync("trusted_devices"));
        Assert.Equal(0, await restored.CountAsync("factor_resets"));
        Assert.Equal(0, await restored.CountAsync("invitations"));
        Assert.Equal(0, await restored.CountAsync("api_tokens"));
        Assert.NotEqual(feed, await restored.ScalarAsync<Guid>("SELECT id FROM feed_origins"));
        await using var again = await TestServer.StartOnAsync(restored.ConnectionString);
        using var returning = again.Client();
        foreach (var token in new[] { refresh, forgotten })
        {
            returning.Cookies["refresh_token"] = token;
            Assert.Equal(401, (await returning.RefreshAsync()).Status);
        }
        Assert.Equal(401, (await returning.GetAsync("/api/auth/me/", ("Authorization", $"Bearer {access}"))).Status);
        Assert.Equal(400, (await returning.ResetAsync(reset, Some.OtherPassword)).Status);
        Assert.Equal(mails, await restored.CountAsync("outbox_messages", "state = 'abandoned' AND payload IS NULL"));
        Assert.Equal(1, await restored.CountAsync("signing_keys", "revoked_at IS NULL"));
        Assert.Equal(200, (await returning.LoginAsync(person)).Status);
        Assert.Equal(200, (await returning.LoginAsync(left)).Status);
    }

    /// <summary>What was recorded in between is gone, and the head that the log has of it says so; what there is, is whole.</summary>
    [Fact]
    public async Task HI_07_The_history_of_a_restored_backup_goes_on_from_there_and_a_later_head_is_not_in_it()
    {
        var server = await TestServer.StartAsync(postgres);
        await server.BegunAsync();
        await server.MakeHistoryAsync();
        var (before, end) = (await server.SignAsync(TimeSpan.FromMinutes(50)), await server.EndAsync());
        var backup = await DumpAsync(server.Database);
        await server.MakeHistoryAsync();
        var (after, lost) = (await server.SignAsync(TimeSpan.FromMinutes(40)), await server.EndAsync());
        await server.DisposeAsync();

        var restored = new TestDatabase(await RestoreAsync(backup));
        await using (var run = await ServerProcess.RunAsync(["restore-mode"], restored.ConnectionString))
        {
            Assert.True(run.ExitCode == 0 && run.Output.Contains($"The history of events goes on after {end}. ", StringComparison.Ordinal), run.Output);
        }
        await using var again = await TestServer.StartOnAsync(restored.ConnectionString);
        Assert.Empty(await again.WrongAsync("--head", before));
        Assert.Equal([$"cut {end + 1}-{lost}"], await again.WrongAsync("--head", after));
        Assert.Contains("A backup was put back at ", (await again.CommandAsync("events", "verify", "--head", after)).Output, StringComparison.Ordinal);
        for (var round = 0; round < 2; round++)
        {
            await again.MakeHistoryAsync();
            await again.SignAsync(TimeSpan.FromMinutes(30 - round));
        }
        Assert.Empty(await again.WrongAsync("--head", before));
        Assert.Equal([$"rewritten {lost}"], await again.WrongAsync("--head", after));
    }

    [Fact]
    public async Task DU_07_No_server_starts_before_it_is_finished_and_broken_off_it_goes_on()
    {
        var database = new TestDatabase(await postgres.CreateDatabaseAsync());
        await database.ExecuteAsync("INSERT INTO restores (id) VALUES (gen_random_uuid())");
        await using (var refused = await ServerProcess.RunAsync([], database.ConnectionString))
        {
            Assert.Equal(1, refused.ExitCode);
            Assert.Contains("restore-mode has begun on this database and is not finished", refused.Output, StringComparison.Ordinal);
        }
        await using var run = await ServerProcess.RunAsync(["restore-mode"], database.ConnectionString);
        Assert.Equal(0, run.ExitCode);
        Assert.Equal(1, await database.CountAsync("restores", "finished_at IS NOT NULL"));
    }

    [Fact]
    public async Task DU_07_It_does_nothing_while_a_server_runs()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await using var run = await ServerProcess.RunAsync(["restore-mode"], server.Database.ConnectionString);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("restore-mode wants every server stopped", run.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await client.MeAsync()).Status);
        Assert.Equal(0, await server.Database.CountAsync("restores"));
    }

    private static async Task<string> DumpAsync(TestDatabase database)
    {
        var file = Path.GetTempFileName();
        await RunAsync("pg_dump", database.ConnectionString, "--format=custom", $"--file={file}");
        return file;
    }

    private async Task<string> RestoreAsync(string file)
    {
        var connection = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync("pg_restore", connection, "--no-owner", file);
        File.Delete(file);
        return connection;
    }

    private static async Task RunAsync(string program, string connection, params string[] words)
    {
        var place = new NpgsqlConnectionStringBuilder(connection);
        var start = new ProcessStartInfo(
            (await PostgresBinaries.FindAsync()).Program(program),
            [$"--host={place.Host}", $"--port={place.Port}", $"--username={place.Username}", $"--dbname={place.Database}", .. words])
        {
            RedirectStandardError = true,
            Environment = { ["PGPASSWORD"] = place.Password },
        };
        using var process = Process.Start(start)!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, errors);
    }
}
