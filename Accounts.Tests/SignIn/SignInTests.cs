using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

public sealed class SignInTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_sign_in_answers_with_an_access_token_and_the_user_and_sets_the_cookie()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var me = await client.MeAsync();
        Assert.Equal(200, me.Status);
        Assert.Equal(person.Username, me["username"]);
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
    }

    [Fact]
    public async Task A_username_signs_in_as_well_as_an_address_in_either_field()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        foreach (var (field, value) in new[] { ("email", person.Username), ("username", person.Email), ("username", person.Username) })
        {
            var answer = await client.PostAsync("/api/auth/login/", new Dictionary<string, string> { [field] = value, ["password"] = person.Password });
            Assert.Equal(200, answer.Status);
        }
    }
}
