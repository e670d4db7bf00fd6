using Accounts.Core.Audit;
using Accounts.Core.Webhooks;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>A server with receivers that a class of tests shares: <c>app</c> is told everything, <c>picky</c> of roles alone, <c>away</c> is another app's that may be gone.</summary>
public sealed class WebhookServer(Postgres postgres) : IAsyncLifetime
{
    public WebhookEar Ear { get; private set; } = null!;

    public TestServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Ear = await WebhookEar.StartAsync();
        Server = await TestServer.StartAsync(postgres, [.. Ear.Receiver("app"), .. Ear.Receiver("picky", "roles.*"), .. Ear.Receiver("away")]);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Ear.DisposeAsync();
    }
}

/// <summary>What tests of webhooks do and look at.</summary>
internal static class WebhookSteps
{
    /// <summary>What happened until now is on its way at once, and not within a second or two.</summary>
    public static async Task TellAsync(this TestServer server)
    {
        await server.Services.GetRequiredService<EventNumbering>().NumberAsync(CancellationToken.None);
        await server.Services.GetRequiredService<WebhookFeed>().FollowAsync(CancellationToken.None);
    }

    public static Task<Guid> IdOfAsync(this TestServer server, Person person) =>
        server.Database.ScalarAsync<Guid>("SELECT id FROM users WHERE email = @email", ("email", person.Email));

    /// <summary>Of a user, to a receiver, with a condition.</summary>
    public static Task<long> WebhooksAsync(this TestServer server, Guid user, string where = "true", string receiver = "app") => server.Database.CountAsync(
        "webhook_messages", $"user_id = @user AND receiver = @receiver AND ({where})", ("user", user), ("receiver", receiver));

    /// <summary>Until as many are so.</summary>
    public static Task UntilWebhooksAsync(this TestServer server, int count, Guid user, string where, string receiver = "app") =>
        Until.TrueAsync(async () => await server.WebhooksAsync(user, where, receiver) == count, $"{count} webhooks where {where}");

    /// <summary>Tries again at once what waits for its next try.</summary>
    public static async Task RetryAsync(this TestServer server, string receiver = "app", params string[] more)
    {
        var run = await server.CommandAsync(["webhooks", "retry", receiver, .. more]);
        Assert.True(run.ExitCode == 0, run.ToString());
        foreach (var known in server.Services.GetRequiredService<WebhookReceivers>().All)
        {
            known.Signal.Wake();
        }
    }
}
