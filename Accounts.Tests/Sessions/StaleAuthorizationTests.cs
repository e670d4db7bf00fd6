using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

public sealed class StaleAuthorizationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("Bearer garbage")]
    [InlineData("bearer a.b.c")]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Basic dXNlcjpwYXNz")]
    [InlineData("Token 0123456789abcdef")]
    [InlineData("Bearer null")]
    [InlineData("Bearer undefined")]
    public async Task Garbage_in_Authorization_breaks_no_anonymous_endpoint(string authorization)
    {
        using var client = server.Client();
        var person = Some.Person();
        (string, string) header = ("Authorization", authorization);
        Assert.Equal(201, (await client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, header)).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, header)).Status);
        var token = client.RefreshCookie!;
        Assert.Equal(200, (await client.PostAsync("/api/auth/token/refresh/", null, header)).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/logout/", null, header)).Status);
        await server.Session(token).AssertAsync(generation: 1, "logout");
    }

    [Fact]
    public async Task The_access_token_of_an_ended_session_breaks_no_anonymous_endpoint()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.LogoutAsync();
        (await client.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
    }
}
