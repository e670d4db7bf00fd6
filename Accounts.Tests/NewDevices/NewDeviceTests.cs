using Accounts.Tests.Passwords;
using Accounts.Tests.Sessions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.NewDevices;

/// <summary>The mail at the first sign-in on a device not seen before, and its link.</summary>
public sealed class NewDeviceTests(NewDeviceTests.BehindProxy shared) : IClassFixture<NewDeviceTests.BehindProxy>, IAsyncLifetime
{
    private const string Home = "198.51.100.7", SameNetwork = "198.51.100.99", Elsewhere = "203.0.113.9";

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;

    /// <summary>Whose clients say where they are.</summary>
    public sealed class BehindProxy(Postgres postgres) : SharedServer(postgres, ("Accounts:TrustedProxies", "127.0.0.1"));

    public async ValueTask InitializeAsync()
    {
        client = server.Client(UserAgents.Firefox);
        person = await server.RegisterVerifiedAsync(client);
        Assert.Equal(200, (await client.LoginFromAsync(person, Home)).Status);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task LG_05_A_sign_in_on_a_new_device_is_told_by_mail_with_the_device_its_address_and_the_time()
    {
        using var stranger = server.Client(UserAgents.Chrome);
        await stranger.LoginFromAsync(person, Elsewhere);
        var mail = await server.Mailbox.WaitAsync(person.Email, 2);
        Assert.Equal("A new device signed in to your account at localhost", mail.Subject);
        Assert.Contains("\nDevice: Chrome on Windows\nAddress: 203.0.113.9\n", mail.Text, StringComparison.Ordinal);
        Assert.Matches(@"\nWhen: \d{1,2} \p{L}+ \d{4}, [\d:]+ \(UTC\)\n", mail.Text);
        Assert.Contains($"\n{server.Address}end-session#token=", mail.Text, StringComparison.Ordinal);
        Assert.Equal(1, await server.Session(stranger.RefreshCookie!).EventsAsync("signed_in_on_new_device"));
        Assert.Equal(1, await server.Session(stranger.RefreshCookie!).EventsAsync("signed_in"));
    }

    [Theory]
    [InlineData(UserAgents.Firefox, Elsewhere, 1)]
    [InlineData(UserAgents.Chrome, Home, 1)]
    [InlineData(UserAgents.Firefox, SameNetwork, 0)]
    [InlineData(UserAgents.NextFirefox, Home, 0)]
    public async Task A_device_without_its_cookie_is_known_by_name_and_network_together(string userAgent, string address, int told)
    {
        using var other = server.Client(userAgent);
        await other.LoginFromAsync(person, address);
        Assert.Equal(told, await ToldAsync());
    }

    [Fact]
    public async Task A_browser_that_is_known_by_its_cookie_is_new_nowhere()
    {
        using var travelling = server.Client(UserAgents.Chrome);
        travelling.Cookies["device"] = client.Cookies["device"];
        await travelling.LoginFromAsync(person, Elsewhere);
        Assert.Equal(0, await ToldAsync());
    }

    [Fact]
    public async Task The_first_sign_in_of_all_is_not_told_nor_one_where_the_account_was_registered_or_its_address_proved()
    {
        using var phone = server.Client(UserAgents.Chrome);
        using var laptop = server.Client(UserAgents.Firefox);
        var (other, token) = await server.RegisterSomebodyAsync(laptop);
        await phone.PostAsync("/api/auth/verify-email/", new { token }, ("X-Forwarded-For", Elsewhere));
        using var first = server.Client("Somewhere/1.0");
        await first.LoginFromAsync(other, Home);
        await phone.LoginFromAsync(other, Elsewhere);
        await laptop.SignInAsync(other);
        Assert.Equal(0, await ToldAsync(other));
        Assert.Equal(3, await server.Database.EventsAsync(other, "signed_in"));
    }

    [Fact]
    public async Task Who_has_just_reset_the_password_there_is_not_told()
    {
        using var phone = server.Client(UserAgents.Chrome);
        await phone.PostAsync("/api/auth/password/reset/confirm/", new { token = await server.Database.PlantResetAsync(person), new_password = Some.OtherPassword }, ("X-Forwarded-For", Elsewhere));
        Assert.Equal(200, (await phone.LoginFromAsync(person with { Password = Some.OtherPassword }, Elsewhere)).Status);
        Assert.Equal(0, await ToldAsync());
    }

    [Fact]
    public async Task An_address_that_nobody_has_proved_gets_no_mail()
    {
        var other = await client.RegisterSomebodyAsync();
        await client.LoginFromAsync(other, Home);
        using var stranger = server.Client(UserAgents.Chrome);
        await stranger.LoginFromAsync(other, Elsewhere);
        Assert.Equal(0, await ToldAsync(other));
    }

    [Fact]
    public async Task It_is_told_once_a_day_at_most_and_every_new_device_leaves_its_event()
    {
        for (var device = 1; device <= 3; device++)
        {
            using var stranger = server.Client(UserAgents.Chrome);
            await stranger.LoginFromAsync(person, $"203.0.{device}.1");
            if (device == 2)
            {
                Assert.Equal((1, 2), (await MailsAsync(), await ToldAsync()));
                await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET created_at = created_at - interval '25 hours' WHERE purpose = 'disown'");
            }
        }
        Assert.Equal((2, 3), (await MailsAsync(), await ToldAsync()));
    }

    [Fact]
    public async Task Of_many_sign_ins_at_once_on_new_devices_one_is_told()
    {
        await Task.WhenAll(Enumerable.Range(1, 8).Select(async device =>
        {
            using var stranger = server.Client(UserAgents.Chrome);
            Assert.Equal(200, (await stranger.LoginFromAsync(person, $"203.0.{device}.1")).Status);
        }));
        Assert.Equal((1, 8), (await MailsAsync(), await ToldAsync()));
    }

    [Fact]
    public async Task The_link_shows_the_session_and_ends_it_and_no_more()
    {
        using var stranger = server.Client(UserAgents.Chrome);
        await stranger.LoginFromAsync(person, Elsewhere);
        var token = await server.Mailbox.TokenAsync(person.Email, 2);
        var before = await server.Database.SettledDumpAsync();
        var look = await stranger.LookAsync(token);
        Assert.Equal(["device", "ip", "at", "ended"], look.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Chrome on Windows", Elsewhere, "false"), (look["device"], look["ip"], look["ended"]));
        Assert.Equal(before, await server.Database.DumpAsync());
        using var mailReader = server.Client();
        for (var time = 0; time < 2; time++)
        {
            (await mailReader.DisownAsync(token)).AssertBody(200, """{"detail":"The session has ended."}""");
        }
        await stranger.AssertOutAsync();
        await server.Session(stranger.RefreshCookie!).AssertAsync(generation: 0, "disowned");
        Assert.Equal(1, await server.Session(stranger.RefreshCookie!).EventsAsync("session_disowned"));
        Assert.Equal("true", (await mailReader.LookAsync(token))["ended"]);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 0, "alive");
        Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", "purpose = 'disown' AND used_at IS NOT NULL AND session_id = @id", ("id", stranger.Id())));
    }

    [Fact]
    public async Task A_device_that_was_disowned_is_new_again()
    {
        using var stranger = server.Client(UserAgents.Chrome);
        await stranger.LoginFromAsync(person, Elsewhere);
        await client.DisownAsync(await server.Mailbox.TokenAsync(person.Email, 2));
        using var again = server.Client(UserAgents.Chrome);
        await again.LoginFromAsync(person, Elsewhere);
        Assert.Equal(1, await server.Session(again.RefreshCookie!).EventsAsync("signed_in_on_new_device"));
    }

    [Theory]
    [InlineData("email = 'moved.' || email, email_key = 'moved.' || email_key", 200)]
    [InlineData("is_active = false", 200)]
    [InlineData("username = username", 400)]
    public async Task LG_05_The_link_outlives_a_change_of_the_address_and_is_good_for_7_days(string change, int status)
    {
        using var stranger = server.Client(UserAgents.Chrome);
        await stranger.LoginFromAsync(person, Elsewhere);
        var token = await server.Mailbox.TokenAsync(person.Email, 2);
        Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", "purpose = 'disown' AND session_id = @id AND expires_at = created_at + interval '7 days'", ("id", stranger.Id())));
        if (status == 400)
        {
            await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET expires_at = clock_timestamp() WHERE session_id = @id", ("id", stranger.Id()));
        }
        await server.Database.ChangeAsync(person, change);
        Assert.Equal((status, status), ((await client.LookAsync(token)).Status, (await client.DisownAsync(token)).Status));
        await server.Session(stranger.RefreshCookie!).AssertAsync(generation: 0, status == 200 ? "disowned" : "alive");
    }

    [Fact]
    public async Task A_token_of_another_purpose_ends_no_session_and_this_one_does_nothing_else()
    {
        var reset = await server.Database.PlantResetAsync(person);
        (await client.DisownAsync(reset)).AssertRefused(400, "invalid_token");
        (await client.LookAsync(reset)).AssertRefused(400, "invalid_token");
        using var stranger = server.Client(UserAgents.Chrome);
        await stranger.LoginFromAsync(person, Elsewhere);
        var token = await server.Mailbox.TokenAsync(person.Email, 2);
        (await client.ResetAsync(token)).AssertRefused(400, "invalid_token");
        (await client.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        await server.Session(stranger.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }

    private Task<long> ToldAsync(Person? whom = null) => server.Database.EventsAsync(whom ?? person, "signed_in_on_new_device");

    private Task<long> MailsAsync() => server.Database.CountAsync("outbox_messages", "template = 'new_device' AND recipient = @to", ("to", person.Email));
}
