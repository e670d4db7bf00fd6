using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>From when on a new app is told.</summary>
public sealed class WebhookBeginningTests(Postgres postgres)
{
    [Fact]
    public async Task WH_01_A_new_receiver_is_told_of_the_first_request_though_the_server_still_warms_up()
    {
        await using var ear = await WebhookEar.StartAsync();
        await using var server = await TestServer.StartAsync(postgres, [.. ear.Receiver("app")]);
        Assert.Equal(1, await server.Database.CountAsync("webhook_receivers", "receiver = 'app'"));
        using var client = server.Client();
        var person = Some.Person();
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        Assert.Equal("user.registered", Assert.Single(await ear.WaitAsync(await server.IdOfAsync(person), 1)).Type);
    }
}
