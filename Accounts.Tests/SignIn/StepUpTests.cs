using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>What a session alone is not enough for, where the clocks of the database and of the server are not one.</summary>
public sealed class StepUpTests(Postgres postgres)
{
    [Theory]
    [InlineData("1 hour"), InlineData("-1 hour")]
    public async Task PW_09_The_clock_of_the_database_alone_tells_how_long_ago_a_sign_in_was(string ahead)
    {
        await using var server = await TestServer.StartOnAsync(await ShiftedAsync(ahead));
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await server.Database.ExecuteAsync("UPDATE users SET password_hash = NULL, ways = '{google}'");
        await client.AgeProofAsync(server);
        (await FirstPasswordAsync(client)).AssertRefused(403, "reauthentication_required");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "password_hash IS NULL"));
        await client.AgeProofAsync(server, "-1 minute");
        Assert.Equal(200, (await FirstPasswordAsync(client)).Status);
        Assert.Equal(0, await server.Database.UsersAsync(person.Email, "password_hash IS NULL"));
    }

    private static Task<Answer> FirstPasswordAsync(ApiClient client) => client.PostAsync("/api/auth/password/change/", new { new_password = Some.OtherPassword });

    /// <summary>A database whose clock goes so far ahead of the machine's: what the server calls by its plain name is found here first.</summary>
    private async Task<string> ShiftedAsync(string ahead)
    {
        var database = new TestDatabase($"{await postgres.CreateDatabaseAsync()};Search Path=public,pg_catalog");
        await database.ExecuteAsync(
            $"CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT pg_catalog.clock_timestamp() + interval '{ahead}' $$");
        return database.ConnectionString;
    }
}
