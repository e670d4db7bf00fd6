using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

public sealed class CredentialFailureTests(Postgres postgres)
{
    [Fact]
    public async Task RE_02_Every_reason_why_a_sign_in_fails_reads_the_same()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Registration:RequireVerifiedEmail", "true"));
        using var client = server.Client();
        var verified = await SomebodyAsync(server, client, "email_verified = true");
        var unverified = await SomebodyAsync(server, client, "email_verified = false");
        Person[] failing =
        [
            verified with { Password = Some.OtherPassword },
            unverified with { Password = Some.OtherPassword },
            verified with { Email = Some.Email() },
            verified with { Email = Some.Username() },
            await SomebodyAsync(server, client, "email_verified = true, is_active = false"),
            await SomebodyAsync(server, client, "email_verified = true, password_hash = NULL"),
            await SomebodyAsync(server, client, "email_verified = true, deleted_at = now()"),
            await SomebodyAsync(server, client, "email_verified = false, is_active = false"),
        ];
        var answers = new List<Answer>();
        foreach (var person in failing)
        {
            answers.Add(await client.LoginAsync(person));
        }
        Assert.All(answers, answer => Assert.Equal(answers[0].Visible(), answer.Visible()));
        answers[0].AssertBody(401, """{"detail":"Invalid credentials","code":"invalid_credentials"}""");
        Assert.Equal("Bearer realm=\"api\"", answers[0].Header("WWW-Authenticate"));
        Assert.Equal(0, await server.Database.CountAsync("sessions"));
        Assert.Equal(200, (await client.LoginAsync(verified)).Status);
    }

    private static async Task<Person> SomebodyAsync(TestServer server, ApiClient client, string change)
    {
        var person = await client.RegisterSomebodyAsync();
        await server.Database.ChangeAsync(person, change);
        return person;
    }
}
