using Accounts.Core.Throttling;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>Who is known on a device: whoever signs in while somebody else guesses from elsewhere finds out.</summary>
[Trait("Pace", "long")]
public sealed class KnownDeviceTests(Postgres postgres) : IAsyncLifetime
{
    private const string Cookie = "device", Renewed = "a-new-and-good-one";

    private static readonly (string, string)[] Limits =
    [
        ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:SignInsPerMinute", "1000"), ("Accounts:Throttling:RegistrationsPerHour", "1000"),
        ("Accounts:Throttling:FreeFailures", "1"), ("Accounts:Throttling:HashesWaitingPerNetwork", "100"),
    ];

    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres, Limits);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task SG_05_Two_users_of_one_browser_are_both_known()
    {
        using var browser = server.Client();
        var (first, second) = (await browser.SignInSomebodyAsync(), await browser.SignInSomebodyAsync());
        await AttackAsync(first, second);
        foreach (var person in new[] { first, second, first })
        {
            Assert.Equal(200, (await browser.LoginAsync(person)).Status);
        }
    }

    [Theory]
    [InlineData("reset")]
    [InlineData("change")]
    [InlineData("everywhere")]
    public async Task SG_05_A_thiefs_known_device_waits_like_a_stranger_after_the_owner(string end)
    {
        using var owner = server.Client();
        using var thief = server.Client();
        var person = await owner.SignInSomebodyAsync();
        await thief.SignInAsync(person);
        await AttackAsync(person);
        Assert.Equal(200, (await thief.LoginAsync(person)).Status);
        var renewed = person with { Password = await EndAsync(end, owner, person) };
        await AttackAsync(renewed);
        var before = thief.Cookies[Cookie];
        (await thief.LoginAsync(renewed)).AssertRefused(429, "throttled");
        (await thief.LoginAsync(renewed with { Password = "a-guess-of-the-thief" })).AssertRefused(429, "throttled");
        Assert.Equal(before, thief.Cookies[Cookie]);
    }

    [Fact]
    public async Task SG_05_The_browser_that_changes_the_password_is_known_from_then_on()
    {
        using var owner = server.Client();
        var person = await owner.SignInSomebodyAsync();
        Assert.Equal(200, (await owner.ChangePasswordAsync(person.Password, Renewed)).Status);
        var renewed = person with { Password = Renewed };
        await AttackAsync(renewed);
        Assert.Equal(200, (await owner.LoginAsync(renewed)).Status);
    }

    [Fact]
    public async Task SG_05_A_browser_of_many_knows_the_last_eight_in_a_cookie_that_stays_small()
    {
        using var browser = server.Client();
        var people = new List<Person>();
        for (var i = 0; i < KnownDevices.MostUsers + 2; i++)
        {
            people.Add(await browser.SignInSomebodyAsync());
        }
        // Who comes again is among the last.
        var answer = await browser.SignInAsync(people[2]);
        var set = Assert.Single(answer.SetCookies, cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal));
        Assert.InRange(set.Length, 500, 4096 / 3);
        Assert.Equal(KnownDevices.MostUsers, browser.Cookies[Cookie].Split('.').Distinct().Count());
        await AttackAsync([.. people]);
        var cookies = browser.Cookies[Cookie];
        foreach (var (person, status) in people.Select((person, i) => (person, i < 2 ? 429 : 200)))
        {
            browser.Cookies[Cookie] = cookies;
            Assert.Equal(status, (await browser.LoginAsync(person)).Status);
        }
    }

    [Fact]
    public async Task SG_05_Who_signs_in_again_and_again_keeps_the_cookie_as_it_is()
    {
        using var browser = server.Client();
        var person = await browser.SignInSomebodyAsync();
        var answer = await browser.SignInAsync(person);
        Assert.DoesNotContain(answer.SetCookies, cookie => cookie.StartsWith(Cookie, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SG_05_What_is_forged_foreign_or_garbage_makes_nobody_known_and_spoils_no_entry_beside_it()
    {
        using var browser = server.Client();
        using var stranger = server.Client();
        using var tried = server.Client();
        var person = await browser.SignInSomebodyAsync();
        await stranger.SignInSomebodyAsync();
        var (own, foreign) = (browser.Cookies[Cookie], stranger.Cookies[Cookie]);
        await AttackAsync(person);
        string[] strange = [foreign, .. Forged(own), "", ".", "....", "garbage", new('A', own.Length), $"{own}A", own[..^1], new('.', 4000), $"{own}={own}"];
        foreach (var value in strange)
        {
            tried.Cookies[Cookie] = value;
            Assert.True((await tried.LoginAsync(person)).Status == 429, value);
        }
        foreach (var value in strange.Where(value => value.Length < 2 * own.Length && !value.StartsWith(own, StringComparison.Ordinal)))
        {
            tried.Cookies[Cookie] = $"{value}.{own}";
            Assert.True((await tried.LoginAsync(person)).Status == 200, value);
        }
        Assert.Equal(429, (await LoginWithAsync($"device={own}; device={own}", person)).Status);
        Assert.Equal(200, (await LoginWithAsync($"device={own}", person)).Status);
    }

    /// <summary>One bit in the middle of each part: the key's id, the user, the name, the bond, the time, the seal.</summary>
    private static IEnumerable<string> Forged(string entry) => new[] { 2, 12, 36, 56, 74, 100 }
        .Select(at => $"{entry[..at]}{(entry[at] == 'A' ? 'B' : 'A')}{entry[(at + 1)..]}");

    private async Task<Answer> LoginWithAsync(string cookies, Person person)
    {
        using var client = server.Client();
        return await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("Cookie", cookies));
    }

    /// <summary>Guesses until whoever is not known has to wait.</summary>
    private async Task AttackAsync(params Person[] people)
    {
        using var attacker = server.Client();
        foreach (var person in people)
        {
            await attacker.GuessAsync(person, 2);
            await server.Database.HoldBlocksAsync();
            Assert.Equal(429, (await attacker.LoginAsync(person)).Status);
        }
    }

    /// <returns>the password from then on</returns>
    private async Task<string> EndAsync(string end, ApiClient owner, Person person)
    {
        switch (end)
        {
            case "reset":
                (await owner.ResetAsync(await server.Database.PlantResetAsync(person), Renewed)).AssertBody(200, PasswordSteps.Done);
                return Renewed;
            case "change":
                Assert.Equal(200, (await owner.ChangePasswordAsync(person.Password, Renewed)).Status);
                return Renewed;
            default:
                await server.Database.ExecuteAsync("UPDATE users SET sessions_epoch = sessions_epoch + 1 WHERE email = @email", ("email", person.Email));
                return person.Password;
        }
    }
}
