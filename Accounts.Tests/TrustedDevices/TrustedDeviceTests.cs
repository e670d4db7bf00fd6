using Accounts.Core.TrustedDevices;
using Accounts.Tests.NewDevices;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.TrustedDevices;

/// <summary>A browser in which the second factor is not asked for: it spares the question, and proves nothing.</summary>
public sealed class TrustedDeviceTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, browser = null!;
    private Person person = null!;
    private Enrolled enrolled = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, browser) = (server.Client(), server.Client(UserAgents.Firefox));
        (person, enrolled) = await server.EnrolSomebodyAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        browser.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_05_A_trusted_device_is_not_asked_again_and_every_other_one_is()
    {
        var trusted = await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        var cookie = Assert.Single(trusted.SetCookies, cookie => cookie.StartsWith($"{TrustSteps.Cookie}=", StringComparison.Ordinal));
        Assert.Contains("max-age=2592000", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/;", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(browser.Cookies[TrustSteps.Cookie][32..], await server.Database.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.EventsAsync(person, "device_trusted"));
        Assert.Equal(1, await server.Database.TrustedAsync(person, "d.last_used_at = d.created_at AND d.expires_at = d.created_at + interval '30 days'"));

        var spared = await browser.LoginAsync(person);
        spared.AssertProved("aal1", "pwd");
        Assert.Equal(1, await server.Database.TrustedAsync(person, "d.last_used_at > d.created_at"));
        Assert.DoesNotContain(spared.SetCookies, set => set.StartsWith(TrustSteps.Cookie, StringComparison.Ordinal));
        (await browser.LoginAsync(person with { Password = Some.OtherPassword })).AssertRefused(401, "invalid_credentials");
        await owner.TicketAsync(person);
    }

    [Fact]
    public async Task SG_05_Who_does_not_ask_for_it_trusts_no_device()
    {
        (await browser.ProveAsync(await browser.TicketAsync(person), enrolled.RecoveryCodes[0])).AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.DoesNotContain(TrustSteps.Cookie, browser.Cookies.Keys);
        Assert.Equal(0, await server.Database.TrustedAsync(person));
        var ticket = await browser.TicketAsync(person);
        (await browser.ProveTrustingAsync(ticket, FactorSteps.WrongCode(enrolled.Secret))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(0, await server.Database.TrustedAsync(person));
    }

    [Fact]
    public async Task SG_05_It_proves_nothing_what_asks_for_a_second_factor_asks_there_too()
    {
        await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        browser.Access = (await browser.LoginAsync(person)).Access;
        foreach (var answer in new[]
        {
            await browser.PostAsync(FactorSteps.Begin), await browser.PostAsync(FactorSteps.RecoveryCodes), await browser.RemoveFactorAsync(await browser.FactorIdAsync()),
            await browser.PostAsync("/api/auth/password/change/", new { old_password = person.Password, new_password = Some.OtherPassword }),
        })
        {
            answer.AssertRefused(403, "reauthentication_required");
            Assert.Equal("aal2", answer["acr"]);
        }
        (await browser.ReauthenticateAsync(new { code = FactorSteps.WrongCode(enrolled.Secret) })).AssertRefused(401, "invalid_credentials");
        (await browser.ReauthenticateAsync(new { password = person.Password })).AssertProved("aal1", "pwd");
        Assert.Equal(1, await server.Database.HasAppAsync(person));
    }

    [Fact]
    public async Task SG_05_An_administrator_is_asked_each_time()
    {
        await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        await server.Database.ChangeAsync(person, "roles = '{admin}'");
        var ticket = await browser.TicketAsync(person);
        var answer = await browser.ProveTrustingAsync(ticket, enrolled.RecoveryCodes[1]);
        answer.AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.DoesNotContain(answer.SetCookies, set => set.StartsWith(TrustSteps.Cookie, StringComparison.Ordinal));
        await browser.TicketAsync(person);
        await server.Database.ChangeAsync(person, "roles = '{editor}'");
        (await browser.LoginAsync(person)).AssertProved("aal1", "pwd");
    }

    [Fact]
    public async Task SG_05_Without_cookies_no_device_is_trusted()
    {
        var bodies = ("X-Token-Transport", "body");
        var answer = await browser.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, bodies);
        var signedIn = await browser.ProveTrustingAsync(answer["ticket"]!, enrolled.RecoveryCodes[0]);
        signedIn.AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.Empty(signedIn.SetCookies);
        Assert.Equal(0, await server.Database.TrustedAsync(person));
        await browser.TrustAsync(person, enrolled.RecoveryCodes[1]);
        (await browser.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, bodies)).AssertRefused(403, "second_factor_required");
    }

    [Fact]
    public async Task SG_05_The_last_five_who_trust_a_browser_are_spared_in_it_and_nobody_else()
    {
        var people = new List<(Person Person, Enrolled Enrolled)> { (person, enrolled) };
        for (var i = 0; i < TrustTokens.MostUsers; i++)
        {
            using var other = server.Client();
            people.Add(await server.EnrolSomebodyAsync(other));
        }
        foreach (var (who, theirs) in people)
        {
            await browser.TrustAsync(who, theirs.RecoveryCodes[0]);
        }
        Assert.Equal(TrustTokens.MostUsers, browser.Cookies[TrustSteps.Cookie].Split('.').Length);
        (await browser.LoginAsync(person)).AssertRefused(403, "second_factor_required");
        foreach (var (who, _) in people.Skip(1))
        {
            (await browser.LoginAsync(who)).AssertProved("aal1", "pwd");
        }
        // Somebody else's token, under one's own name.
        browser.Cookies[TrustSteps.Cookie] = $"{TokenText.UserOf(owner.RefreshCookie!):N}{browser.Cookies[TrustSteps.Cookie][32..75]}";
        (await browser.LoginAsync(person)).AssertRefused(403, "second_factor_required");
    }

    [Fact]
    public async Task SG_05_What_is_forged_or_garbage_spares_nobody_and_spoils_nothing_beside_it()
    {
        await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        var own = browser.Cookies[TrustSteps.Cookie];
        var forged = $"{own[..^2]}{(own[^2] == 'A' ? 'B' : 'A')}{own[^1]}";
        browser.Cookies[TrustSteps.Cookie] = forged;
        (await browser.LoginAsync(person)).AssertRefused(403, "second_factor_required");
        foreach (var value in new[] { "", ".", "garbage", own[..^1], $"{own}A", $"{Guid.NewGuid():N}{own[32..]}", own[32..], new string('x', own.Length), new string('.', 5000) })
        {
            browser.Cookies[TrustSteps.Cookie] = value;
            Assert.True((await browser.LoginAsync(person)).Status == 403, value);
            browser.Cookies[TrustSteps.Cookie] = $"{value}.{own}";
            Assert.True((await browser.LoginAsync(person)).Status == (value.Length > own.Length * 5 ? 403 : 200), value);
        }
    }

    [Fact]
    public async Task SG_05_Trusting_a_browser_again_takes_the_place_of_before_and_nobody_has_more_than_fifty()
    {
        await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        await server.Database.ChangeAsync(person, "sessions_epoch = sessions_epoch + 1");
        await browser.TrustAsync(person, enrolled.RecoveryCodes[1]);
        Assert.Equal(1, await server.Database.TrustedAsync(person));
        Assert.Single(browser.Cookies[TrustSteps.Cookie].Split('.'));
        await server.Database.ExecuteAsync($"""
            INSERT INTO trusted_devices (user_id, id, token_hash, security_stamp, epoch, name, ip, created_at, last_used_at, expires_at)
            SELECT d.user_id, gen_random_uuid(), d.token_hash || n::text::bytea, d.security_stamp, d.epoch, d.name, d.ip, d.created_at - n * interval '1 hour', d.last_used_at, d.expires_at
            FROM trusted_devices d JOIN users u ON u.id = d.user_id, generate_series(1, {TrustedDevice.MostOfOneUser + 10}) n WHERE u.email = @email
            """, ("email", person.Email));
        using var another = server.Client();
        await another.TrustAsync(person, enrolled.RecoveryCodes[2]);
        Assert.Equal(TrustedDevice.MostOfOneUser, await server.Database.TrustedAsync(person));
        (await browser.LoginAsync(person)).AssertProved("aal1", "pwd");
        (await another.LoginAsync(person)).AssertProved("aal1", "pwd");
    }

    [Fact]
    public async Task SG_05_Trusted_devices_are_listed_and_trusted_no_more_by_their_user_alone()
    {
        await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        using var second = server.Client(UserAgents.Chrome);
        await second.TrustAsync(person, enrolled.RecoveryCodes[1]);
        var listed = await second.DevicesAsync();
        Assert.Equal(["Chrome on Windows", "Firefox on Linux"], listed.Select(device => device.GetProperty("device").GetString()));
        Assert.Equal([true, false], listed.Select(device => device.GetProperty("current").GetBoolean()));
        Assert.Equal(["created_at", "current", "device", "expires_at", "id", "ip", "last_used_at"], listed[0].EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.All(await owner.DevicesAsync(), device => Assert.False(device.GetProperty("current").GetBoolean()));

        var id = listed[1].GetProperty("id").GetString()!;
        using var stranger = server.Client();
        await stranger.SignInSomebodyAsync();
        Assert.Empty(await stranger.DevicesAsync());
        (await stranger.RemoveDeviceAsync(id)).AssertRefused(404, "not_found");
        (await second.RemoveDeviceAsync("nonsense")).AssertRefused(404, "not_found");
        (await browser.LoginAsync(person)).AssertProved("aal1", "pwd");
        Assert.Equal(204, (await second.RemoveDeviceAsync(id)).Status);
        (await second.RemoveDeviceAsync(id)).AssertRefused(404, "not_found");
        Assert.Equal(1, await server.Database.EventsAsync(person, "trusted_device_removed"));
        (await browser.LoginAsync(person)).AssertRefused(403, "second_factor_required");
        (await second.LoginAsync(person)).AssertProved("aal1", "pwd");
        stranger.Access = null;
        (await stranger.GetAsync(TrustSteps.Devices)).AssertRefused(401, "not_authenticated");
    }

    [Fact]
    public async Task LG_06_An_export_has_trusted_devices_and_no_secret_of_them()
    {
        await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        var answer = await browser.GetAsync("/api/auth/me/export/");
        var device = Assert.Single(answer.Json.GetProperty("trusted_devices").EnumerateArray());
        Assert.Equal("Firefox on Linux", device.GetProperty("name").GetString());
        Assert.Equal(["created_at", "expires_at", "id", "ip", "last_used_at", "name"], device.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }
}
