using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary>Others at the same time.</summary>
public sealed class ImportRaceTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;
    private readonly string id = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task Two_imports_do_not_run_at_once()
    {
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync($"SELECT pg_advisory_lock({0x4163_0006})");
        using var file = new TemporaryFile($"{ImportSteps.Header}\n{Some.Person().Row(id)}\n");
        var run = await server.CommandAsync("import", "csv", file.Path);
        Assert.Equal((1, "Another import is running. Wait for it, or end it; what it has written stays.\n"), (run.ExitCode, run.Errors));
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
        await held.ExecuteAsync($"SELECT pg_advisory_unlock({0x4163_0006})");
        Assert.Equal("created", (await server.ImportAsync([Some.Person().Row(id)]))[id]);
    }

    /// <summary>It waits for the sign-up, then all of the batch comes but the one whose name was taken.</summary>
    [Fact]
    public async Task SG_21_A_sign_up_that_takes_a_name_at_the_same_moment_costs_that_one_alone()
    {
        var (taken, others) = (Some.Person(), Enumerable.Range(0, 20).Select(n => Some.Person().Row($"{id}-{n}")).ToArray());
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync(
            """
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, security_stamp, first_name, last_name, is_active, roles, date_joined)
            VALUES (gen_random_uuid(), @name, @name, @name || '@elsewhere.test', @name || '@elsewhere.test', false, '', '', '', true, '{}', now())
            """, ("name", taken.Username));
        var import = server.ImportAsync([.. others, taken.Row(id)]);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() > 0, "the import waits for the name");
        await held.CommitAsync();
        var told = await import;
        Assert.StartsWith("conflict: Somebody has the username", told[id], StringComparison.Ordinal);
        Assert.Equal(20, await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", $"{id}-%")));
        Assert.Equal(0, await server.Database.UsersOfAsync(id));
    }

    [Fact]
    public async Task SG_21_A_change_here_at_the_same_moment_is_not_overwritten()
    {
        var person = Some.Person();
        await server.ImportAsync([person.Row(id, first: "Ann")]);
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync("UPDATE users SET first_name = 'Annie' WHERE legacy_id = @id", ("id", id));
        var import = server.ImportAsync([person.Row(id, first: "Anna")]);
        await Until.TrueAsync(async () => await server.Database.BlockedAsync() > 0, "the import waits for the row");
        await held.CommitAsync();
        Assert.Equal("conflict: Changed there and here, and stays as it is here: name.", (await import)[id]);
        Assert.Equal(1, await server.Database.UsersOfAsync(id, "first_name = 'Annie'"));
    }

    /// <summary>Cut off by the database, and run again.</summary>
    [Fact]
    public async Task Cut_off_in_the_middle_and_run_again_each_is_there_once()
    {
        string[] rows = [.. Enumerable.Range(0, 6_000).Select(n => Some.Person().Row($"{id}-{n}"))];
        var import = server.ImportAsync(rows);
        await Until.TrueAsync(async () => await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", $"{id}-%")) > 0, "some have come");
        await server.Database.CountAsync("(SELECT pid FROM pg_stat_activity WHERE application_name = 'accounts-import' AND datname = current_database() OFFSET 0) import", "pg_terminate_backend(pid)");
        await Assert.ThrowsAnyAsync<Exception>(() => import);
        var there = await server.Database.CountAsync("users", "legacy_id LIKE @id", ("id", $"{id}-%"));
        Assert.InRange(there, 1000, 5000);
        var told = await server.ImportAsync(rows);
        Assert.Equal((there, 6_000 - there), (told.Rows.Count(row => row.Outcome == "unchanged"), told.Rows.Count(row => row.Outcome == "created")));
        Assert.Equal(6_000, await server.Database.CountAsync("users u JOIN imported_users i ON i.user_id = u.id", "legacy_id LIKE @id", ("id", $"{id}-%")));
    }
}

/// <summary>A process of its own that loses its power.</summary>
[Trait("Pace", "long")]
public sealed class ImportKillTests(Postgres postgres)
{
    [Fact]
    public async Task Killed_in_the_middle_and_run_again_each_is_there_once()
    {
        var connection = await postgres.CreateDatabaseAsync();
        var database = new TestDatabase(connection);
        using var file = new TemporaryFile(string.Join('\n', [ImportSteps.Header, .. Enumerable.Range(0, 40_000).Select(n => Some.Person().Row($"{n}"))]));
        await using (var run = ServerProcess.Launch(["import", "csv", file.Path], connection, []))
        {
            await Until.TrueAsync(async () => await database.CountAsync("users") > 0, "some have come", TimeSpan.FromMinutes(2));
            await run.KillAsync();
        }
        var there = await database.CountAsync("users");
        Assert.InRange(there, 1, 39_999);
        await using var again = await ServerProcess.RunAsync(["import", "csv", file.Path], connection);
        Assert.Equal(0, again.ExitCode);
        Assert.Contains($"40,000 read: {40_000 - there:N0} created, {there:N0} unchanged", again.Output, StringComparison.Ordinal);
        Assert.Equal(40_000, await database.CountAsync("users u JOIN imported_users i ON i.user_id = u.id"));
        Assert.Equal(1, await database.CountAsync("security_events", "kind = 'users_imported'"));
    }
}
