using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.Profile;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>What an app is told, and what not.</summary>
public sealed class WebhookTests(WebhookServer shared) : IClassFixture<WebhookServer>
{
    private readonly TestServer server = shared.Server;
    private readonly WebhookEar ear = shared.Ear;

    [Fact]
    public async Task WH_01_What_happens_to_a_user_is_told_in_its_order_with_the_session_that_it_happened_in()
    {
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        var session = TokenText.SessionOf(client.RefreshCookie!);
        Assert.Equal(200, (await client.LogoutAsync()).Status);
        await server.TellAsync();
        var user = await server.IdOfAsync(person);
        var told = await ear.WaitAsync(user, 4);
        Assert.Equal(["user.registered", "user.verified", "session.started", "session.ended"], told.Select(webhook => webhook.Type));
        Assert.All(told.Skip(2), webhook => Assert.Equal(session, webhook.Data.GetProperty("session_id").GetGuid()));
        await server.UntilWebhooksAsync(4, user, "state = 'sent' AND attempts = 1 AND last_error IS NULL AND sent_at IS NOT NULL");
    }

    [Fact]
    public async Task WH_02_A_webhook_is_signed_over_its_id_the_time_of_the_try_and_its_body()
    {
        var webhook = await RegisterAsync();
        var signed = $"{webhook.Id}.{webhook.Headers["webhook-timestamp"]}.{webhook.Body}";
        var key = Convert.FromBase64String(WebhookEar.Secret["whsec_".Length..]);
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(signed)))}", webhook.Headers["webhook-signature"]);
        Assert.InRange(long.Parse(webhook.Headers["webhook-timestamp"], CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeSeconds(), DateTimeOffset.UtcNow.AddSeconds(5).ToUnixTimeSeconds());
        Assert.Equal("application/json", webhook.Headers["content-type"]);
        Assert.Equal(webhook.Id, webhook.Json.GetProperty("id").GetString());
        var at = await server.Database.ScalarAsync<DateTime>("SELECT at FROM security_events WHERE id = @id", ("id", Guid.ParseExact(webhook.Id["evt_".Length..], "N")));
        Assert.Equal(at, webhook.Json.GetProperty("timestamp").GetDateTime(), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task WH_02_No_address_password_code_or_token_is_told_but_the_address_that_an_event_is_about()
    {
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        await server.TellAsync();
        var told = await ear.WaitAsync(await server.IdOfAsync(person), 3);
        Assert.Equal(person.Email, told.Single(webhook => webhook.Type == "user.verified").Data.GetProperty("email").GetString());
        Assert.All(told, webhook => Assert.Subset(new HashSet<string> { "user_id", "session_id", "email" }, webhook.Data.EnumerateObject().Select(member => member.Name).ToHashSet()));
        Assert.All(told.Where(webhook => webhook.Type != "user.verified"), webhook => Assert.DoesNotContain(person.Username, webhook.Body, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task WH_01_An_act_that_is_undone_is_told_to_nobody()
    {
        using var client = server.Client();
        var before = ear.All().Length;
        var taken = await client.RegisterSomebodyAsync();
        Assert.Equal(400, (await client.RegisterAsync(taken.Username, Some.Person().Email)).Status);
        await server.TellAsync();
        await ear.WaitAsync(await server.IdOfAsync(taken), 1);
        Assert.Equal(await server.Database.CountAsync("webhook_messages", "receiver = 'app'"), await server.Database.CountAsync(
            "webhook_messages m JOIN security_events e ON e.id = m.event_id AND e.number = m.number AND e.user_id = m.user_id", "m.receiver = 'app'"));
        Assert.True(ear.All().Length > before);
    }

    [Fact]
    public async Task WH_01_A_receiver_is_told_what_it_asks_for_and_of_roles_which_they_are_now()
    {
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        var run = await server.CommandAsync("users", "set-roles", person.Email, "editor", "reader");
        Assert.True(run.ExitCode == 0, run.ToString());
        await server.TellAsync();
        var user = await server.IdOfAsync(person);
        var told = Assert.Single(await ear.WaitAsync(user, 1, "picky"));
        Assert.Equal("roles.changed", told.Type);
        Assert.Equal(["editor", "reader"], told.Data.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
        Assert.Equal(1, await server.WebhooksAsync(user, receiver: "picky"));
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task WH_01_Signing_out_everywhere_is_told_once_with_the_session_that_stays(bool stays)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var session = TokenText.SessionOf(client.RefreshCookie!);
        Assert.Equal(200, (await client.PostAsync("/api/auth/logout/all/", new { keep_current = stays })).Status);
        await server.TellAsync();
        var data = (await ear.WaitAsync(await server.IdOfAsync(person), 3))[^1].Data;
        Assert.True(data.GetProperty("all_sessions").GetBoolean());
        Assert.False(data.TryGetProperty("session_id", out _));
        Assert.Equal(stays ? session : null, data.TryGetProperty("kept_session_id", out var kept) ? kept.GetGuid() : (Guid?)null);
    }

    [Fact]
    public async Task WH_01_A_session_that_a_sign_in_takes_the_place_of_is_told_and_so_is_a_changed_profile()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var first = TokenText.SessionOf(client.RefreshCookie!);
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.PatchMeAsync(new { first_name = "Ann" })).Status);
        await server.TellAsync();
        var told = await ear.WaitAsync(await server.IdOfAsync(person), 5);
        Assert.Equal(["session.ended", "session.started", "user.updated"], told.Skip(2).Select(webhook => webhook.Type).Order(StringComparer.Ordinal));
        Assert.Equal(first, told.Single(webhook => webhook.Type == "session.ended").Data.GetProperty("session_id").GetGuid());
    }

    private async Task<HeardWebhook> RegisterAsync()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await server.TellAsync();
        return (await ear.WaitAsync(await server.IdOfAsync(person), 1))[0];
    }
}
