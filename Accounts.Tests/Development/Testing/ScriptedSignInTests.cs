using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>How the next sign-in at the fake provider goes, a test says; its page does not ask then.</summary>
[Trait("Pace", "long")]
public sealed class ScriptedSignInTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        client = server.Client();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_whose_address_is_verified_is_signed_in()
    {
        var next = await NextAsync(new { next = "verified", email = "vic@example.com", first_name = "Vic", last_name = "Verified" });
        Assert.Equal("vic@example.com", next["email"]);
        var user = (await SignInAsync()).Json.GetProperty("user");
        Assert.Equal(("vic@example.com", true, "Vic"), (user.GetProperty("email").GetString(), user.GetProperty("email_verified").GetBoolean(), user.GetProperty("first_name").GetString()));
        // The same person comes back to the same account.
        await NextAsync(new { next = "verified", id = next["id"], email = "vic@example.com" });
        Assert.Equal(user.GetProperty("id").GetString(), (await SignInAsync()).Json.GetProperty("user").GetProperty("id").GetString());
    }

    [Fact]
    public async Task An_address_that_is_not_verified_is_asked_about_by_mail()
    {
        var next = await NextAsync(new { next = "unverified_email" });
        Assert.Equal("false", (await SignInAsync()).Json.GetProperty("user").GetProperty("email_verified").GetRawText());
        await server.Mailbox.WaitAsync(next["email"]!);
    }

    [Fact]
    public async Task Without_an_address_one_is_asked_for()
    {
        Assert.Null((await NextAsync(new { next = "no_email" }))["email"]);
        (await SignInAsync()).AssertRefused(400, "email_required");
    }

    [Fact]
    public async Task An_account_that_is_there_is_taken_from_nobody_unless_the_provider_speaks_for_its_address()
    {
        var made = await client.MakeUserAsync();
        await NextAsync(new { next = "verified", id = "same", email = made["email"] });
        (await SignInAsync()).AssertRefused(409, "account_exists");
        await NextAsync(new { next = "authoritative", id = "same", email = made["email"] });
        Assert.Equal(made["id"], (await SignInAsync()).Json.GetProperty("user").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Who_declines_comes_back_with_that()
    {
        await NextAsync(new { next = "declined" });
        Assert.Equal("access_denied", (await GoAsync())["error"]);
    }

    [Fact]
    public async Task A_provider_that_is_away_redeems_no_code()
    {
        await NextAsync(new { next = "unavailable" });
        (await SignInAsync()).AssertRefused(503, "unavailable");
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }

    [Fact]
    public async Task Each_is_for_one_sign_in_in_the_order_in_which_they_were_said_and_then_the_page_asks()
    {
        await NextAsync(new { next = "declined" });
        await NextAsync(new { next = "verified" });
        Assert.Equal("access_denied", (await GoAsync())["error"]);
        Assert.NotEmpty((await GoAsync())["code"]!);
        Assert.Equal(200, (await AuthorizeAsync()).Status);
        await NextAsync(new { next = "declined" });
        await NextAsync(new { next = "page" });
        Assert.Equal(200, (await AuthorizeAsync()).Status);
    }

    [Fact]
    public async Task A_word_that_says_nothing_is_told_and_so_is_a_provider_that_is_not_there()
    {
        (await client.PostAsync(TestingSteps.Provider, new { next = "maybe" }))
            .AssertField("next", "Say one of verified, authoritative, unverified_email, no_email, declined, unavailable, page.");
        await using var other = await TestServer.StartAsync(postgres, ("Accounts:Social:GitHub:ClientId", "id"), ("Accounts:Social:GitHub:ClientSecret", "secret"));
        using var stranger = other.Client();
        (await stranger.PostAsync(TestingSteps.Provider, new { next = "declined" })).AssertField("next", "The fake provider stands in while no other one has a client id.");
    }

    private async Task<Answer> NextAsync(object fields)
    {
        var next = await client.PostAsync(TestingSteps.Provider, fields);
        Assert.True(next.Status == 200, next.ToString());
        return next;
    }

    private async Task<Answer> AuthorizeAsync() => await client.GetAsync((await client.PostAsync("/api/auth/social/fake/begin/"))["authorization_url"]!);

    /// <returns>what the browser comes back with</returns>
    private async Task<Dictionary<string, string?>> GoAsync()
    {
        var sent = await AuthorizeAsync();
        Assert.True(sent.Status == 302, sent.ToString());
        return QueryHelpers.ParseQuery(new Uri(sent.Header("Location")!).Query).ToDictionary(pair => pair.Key, pair => (string?)pair.Value.ToString());
    }

    private async Task<Answer> SignInAsync()
    {
        var back = await GoAsync();
        return await client.PostAsync("/api/auth/social/fake/", new { code = back["code"], state = back["state"] });
    }
}
