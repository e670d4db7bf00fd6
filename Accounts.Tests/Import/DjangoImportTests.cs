using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;
using static Accounts.Tests.Import.DjangoDumpText;

namespace Accounts.Tests.Import;

/// <summary><c>import django</c>, from a dump to the first sign-in.</summary>
public sealed class DjangoImportTests(Postgres postgres)
{
    private const string Password = "old secret phrase 1";

    [Fact]
    public async Task SG_21_A_dump_is_imported_and_its_people_sign_in_with_what_they_know()
    {
        await using var server = await TestServer.StartAsync(postgres);
        var run = await ImportAsync(server, ["--roles=staff=admin,editors=editor"],
            User(1, fields => (fields["password"], fields["first_name"], fields["is_staff"], fields["groups"]) = ("md5$5JbsRaj6SM7ltfA34u9hJC$98fba4f7e8b48d9f9651a6ce1c0f37a6", "Ada", true, new JsonArray(1))),
            User(2, fields => fields["is_staff"] = true), User(3, fields => fields["email"] = ""), User(4, fields => fields["is_active"] = "maybe"),
            Group(1, "editors"), Address(1, "ada@example.test", verified: true), Identity(1, "google", "1001"), Identity(1, "twitter", "77"), Identity(2, "google-oauth2", "user2@example.test", "social_django.usersocialauth"));
        Assert.True(run.ExitCode == 3, run.ToString());
        Assert.Contains("created,1,auth.user 1,", run.Output, StringComparison.Ordinal);
        Assert.Contains("twitter", run.Lines.Single(line => line.StartsWith("created,1,", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("google-oauth2", run.Lines.Single(line => line.StartsWith("created,2,", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("conflict,3,auth.user 3,", run.Output, StringComparison.Ordinal);
        Assert.Contains("conflict,4,auth.user 4,is_active is not true or false.", run.Output, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id = '1' AND email = 'ada@example.test' AND email_verified AND roles @> '{admin,editor}' AND ways = '{password,google}'"));
        Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id = '2' AND NOT email_verified AND roles = '{}' AND ways = '{}' AND password_hash IS NULL"));
        Assert.Equal(1, await server.Database.CountAsync("social_accounts", "provider = 'google' AND issuer = 'https://accounts.google.com' AND provider_uid = '1001'"));
        Assert.Equal(2, await server.Database.CountAsync("users"));

        using var client = server.Client();
        var signedIn = await client.PostAsync("/api/auth/login/", new { email = "ada@example.test", password = Password });
        Assert.True(signedIn.Status == 200, signedIn.ToString());
        Assert.Equal(("1", "Ada"), (signedIn.Json.GetProperty("user").GetProperty("legacy_id").GetString(), signedIn.Json.GetProperty("user").GetProperty("first_name").GetString()));
        Assert.Equal(1, await server.Database.CountAsync("users", "legacy_id = '1' AND password_hash LIKE '$argon2id$%'"));
    }

    [Theory]
    [InlineData("--map=email=mail,colour=red", "--map: colour is none of date_joined, email, email_verified, first_name, groups"), InlineData("--time-zone=Nowhere/Town", "--time-zone: Nowhere/Town is no time zone")]
    [InlineData("--database=postgres://localhost/x", "Name a dump, or say --database; one of the two."), InlineData("--map=email=mail", "auth.user 1 has no field mail, which --map says is its email"), InlineData("--user-model=shop.Customer", "no objects of shop.customer")]
    public async Task What_cannot_be_meant_is_told_and_nothing_is_written(string word, string why)
    {
        await using var server = await TestServer.StartAsync(postgres);
        var run = await ImportAsync(server, [word], User(1));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(why, run.Errors, StringComparison.Ordinal);
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }

    private static async Task<CommandRun> ImportAsync(TestServer server, string[] words, params JsonObject[] objects)
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, new JsonArray([.. objects]).ToJsonString());
        var run = await server.CommandAsync(["import", "django", file, .. words]);
        File.Delete(file);
        return run;
    }
}
