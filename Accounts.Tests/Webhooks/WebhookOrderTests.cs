using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>What becomes of a user's other webhooks while one of them is not taken.</summary>
public sealed class WebhookOrderTests(WebhookServer shared) : IClassFixture<WebhookServer>
{
    private readonly TestServer server = shared.Server;
    private readonly WebhookEar ear = shared.Ear;

    [Fact]
    public async Task WH_03_What_is_refused_holds_up_its_users_next_ones_and_nobody_elses()
    {
        using var client = server.Client();
        var user = await TroubleAsync(client, _ => 500);
        await server.UntilWebhooksAsync(1, user, "state = 'queued' AND attempts >= 1 AND due_at > clock_timestamp() AND last_error = 'It answered 500.' AND failed_at IS NOT NULL");
        Assert.Equal(2, await server.WebhooksAsync(user, "state = 'held' AND attempts = 0"));
        var other = await server.IdOfAsync(await client.RegisterSomebodyAsync());
        await server.TellAsync();
        await ear.WaitAsync(other, 1);
        Assert.All(ear.Of(user), webhook => Assert.Equal("user.registered", webhook.Type));
        ear.Answer("app", _ => 200);
        await server.RetryAsync();
        await server.UntilWebhooksAsync(3, user, "state = 'sent'");
        var told = ear.Of(user);
        Assert.Equal(["user.registered", "session.started", "session.ended"], told.Select(webhook => webhook.Type).Distinct());
        Assert.Single(told.Where(webhook => webhook.Type == "user.registered").Select(webhook => webhook.Id).Distinct());
        Assert.All(told, webhook => Assert.Null(webhook.Order));
    }

    [Fact]
    public async Task WH_04_One_that_is_parked_lets_the_rest_pass_which_says_so_and_comes_late_when_it_is_tried_again()
    {
        using var client = server.Client();
        var user = await TroubleAsync(client, webhook => webhook.Type == "user.registered" ? 410 : 200);
        await server.UntilWebhooksAsync(2, user, "state = 'sent'");
        Assert.Equal(1, await server.WebhooksAsync(user, "state = 'parked' AND attempts = 1 AND last_error LIKE 'It answered 410%'"));
        Assert.Equal([null, "gap", "gap"], ear.Of(user).Select(webhook => webhook.Order));
        ear.Answer("app", _ => 200);
        await server.RetryAsync("app", "--parked");
        await server.UntilWebhooksAsync(3, user, "state = 'sent'");
        var late = ear.Of(user)[^1];
        Assert.Equal(("user.registered", "late"), (late.Type, late.Order));
        Assert.Equal(ear.Of(user)[0].Id, late.Id);
    }

    [Fact]
    public async Task WH_04_What_nobody_has_taken_for_three_days_is_parked_at_its_next_try_and_the_next_goes()
    {
        using var client = server.Client();
        var user = await TroubleAsync(client, webhook => webhook.Type == "user.registered" ? 500 : 200);
        await server.UntilWebhooksAsync(1, user, "state = 'queued' AND attempts >= 1");
        await server.Database.ExecuteAsync("UPDATE webhook_messages SET give_up_at = now(), due_at = now() WHERE user_id = @user AND state = 'queued'", ("user", user));
        await server.RetryAsync();
        await server.UntilWebhooksAsync(2, user, "state = 'sent'");
        Assert.Equal(1, await server.WebhooksAsync(user, "state = 'parked'"));
    }

    [Theory]
    [InlineData(302, "a redirect, which is not followed"), InlineData(404, "It answered 404."), InlineData(400, "It answered 400.")]
    public async Task SG_24_Any_other_answer_than_2xx_is_a_failure_and_a_redirect_is_not_followed(int status, string words)
    {
        using var client = server.Client();
        var before = ear.All("elsewhere").Length;
        ear.Answer("app", (_, context) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return Task.CompletedTask;
        });
        var user = await server.IdOfAsync(await client.RegisterSomebodyAsync());
        await server.TellAsync();
        await server.UntilWebhooksAsync(1, user, $"state = 'queued' AND attempts >= 1 AND last_error LIKE '%{words}%'");
        Assert.Equal(before, ear.All("elsewhere").Length);
        ear.Answer("app", _ => 200);
        await server.RetryAsync();
        await server.UntilWebhooksAsync(1, user, "state = 'sent'");
    }

    [Fact]
    public async Task WH_03_A_receiver_that_is_away_counts_no_attempts_and_holds_up_no_other()
    {
        using var client = server.Client();
        ear.Answer("away", _ => 503);
        var user = await server.IdOfAsync(await client.RegisterSomebodyAsync());
        await server.TellAsync();
        await server.UntilWebhooksAsync(1, user, "state = 'queued' AND attempts = 0 AND last_error = 'It answered 503.'", "away");
        await ear.WaitAsync(user, 1);
        ear.Answer("away", _ => 200);
        await server.UntilWebhooksAsync(1, user, "state = 'sent'", "away");
    }

    [Fact]
    public async Task WH_03_Events_of_one_user_at_once_are_told_one_after_the_other()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var user = await server.IdOfAsync(person);
        var (under, most) = (0, 0);
        ear.Answer("app", async (webhook, _) =>
        {
            if (webhook.User == user)
            {
                most = Math.Max(most, Interlocked.Increment(ref under));
                await Task.Delay(2);
                Interlocked.Decrement(ref under);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var one = server.Client();
            await one.SignInAsync(person);
            await server.TellAsync();
        }));
        await server.TellAsync();
        await server.UntilWebhooksAsync(21, user, "state = 'sent'");
        Assert.Equal(1, most);
        var order = await server.Database.ScalarAsync<string[]>(
            "SELECT array_agg('evt_' || replace(event_id::text, '-', '') ORDER BY number) FROM webhook_messages WHERE receiver = 'app' AND user_id = @user", ("user", user));
        Assert.Equal(order, ear.Of(user).Select(webhook => webhook.Id));
        ear.Answer("app", _ => 200);
    }

    /// <summary>Somebody signs up, in and out, and of that the receiver does not take the sign-up.</summary>
    private async Task<Guid> TroubleAsync(ApiClient client, Func<HeardWebhook, int> status)
    {
        var person = await client.RegisterSomebodyAsync();
        var user = await server.IdOfAsync(person);
        ear.Answer("app", webhook => webhook.User == user ? status(webhook) : 200);
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.LogoutAsync()).Status);
        await server.TellAsync();
        return user;
    }
}
