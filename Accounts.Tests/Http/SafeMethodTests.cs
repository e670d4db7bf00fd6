using Accounts.Tests.Compatibility;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Calls every route by the methods that promise to change nothing.</summary>
[Trait("Pace", "long")]
public sealed class SafeMethodTests(EveryLibrary shared) : IClassFixture<EveryLibrary>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("GET")]
    [InlineData("HEAD")]
    [InlineData("OPTIONS")]
    [InlineData("TRACE")]
    public async Task CC_07_A_crawl_of_every_route_leaves_the_database_as_it_was(string method)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await server.Mailbox.WaitAsync(person.Email);
        await Until.TrueAsync(async () => await server.Database.CountAsync("outbox_messages", "state <> 'sent'") == 0, "all mail is sent");
        var before = await server.Database.SettledDumpAsync();
        Assert.Contains("/api/auth/me", server.Paths());
        foreach (var path in server.Paths().SelectMany(path => new[] { path, $"{path}?token={client.RefreshCookie}&refresh={client.RefreshCookie}" }))
        {
            foreach (var accept in new[] { "application/json", "*/*" })
            {
                var answer = await client.SendAsync(new HttpMethod(method), path, null, ("Accept", accept));
                Assert.True(answer.Status < 500, $"{method} {path}: {answer}");
            }
        }
        Assert.Equal(before, await server.Database.DumpAsync());
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    [Fact]
    public async Task CC_07_HEAD_and_a_visit_of_a_verification_link_spend_nothing()
    {
        using var client = server.Client();
        var person = Some.Person();
        await client.RegisterAsync(person);
        var token = await server.Mailbox.TokenAsync(person.Email);
        foreach (var (method, accept) in new[] { (HttpMethod.Head, "application/json"), (HttpMethod.Head, "*/*"), (HttpMethod.Get, "*/*"), (HttpMethod.Get, "text/html") })
        {
            await client.SendAsync(method, $"/api/auth/verify-email/?token={token}", null, ("Accept", accept));
        }
        Assert.Equal(0, await server.Database.CountAsync("users", "email_verified AND email = @email", ("email", person.Email)));
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { token })).Status);
    }
}
