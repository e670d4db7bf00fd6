using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>A server that nobody has set up yet.</summary>
[Trait("Pace", "long")]
public sealed class FreshServerTests(Postgres postgres)
{
    [Fact]
    public async Task RE_08_It_has_no_user_and_no_pair_of_name_and_password_gets_in()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        Assert.Equal(0, await server.Database.CountAsync("users"));
        string[] names = ["admin", "administrator", "root", "accounts", "user", "test", "demo", "guest", "postgres"];
        string[] passwords = ["admin", "password", "Password1", "accounts", "changeme", "123456", "root", "secret", "postgres", ""];
        foreach (var (name, password) in names.SelectMany(name => passwords.Append(name).Select(password => (name, password))))
        {
            foreach (var body in new object[] { new { username = name, password }, new { email = $"{name}@localhost.test", password }, new { email = $"{name}@example.com", password } })
            {
                Assert.True((await client.PostAsync("/api/auth/login/", body)).Status is 400 or 401, $"{body}");
            }
        }
        Assert.Equal(0, await server.Database.CountAsync("sessions"));
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }
}
