using Accounts.Core.Failures;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.TrustedDevices;

/// <summary>For how long devices are trusted is the operator's to say.</summary>
public sealed class TrustSettingsTests(Postgres postgres)
{
    private const string Days = "Accounts:SecondFactor:TrustDays";

    [Fact]
    public async Task SG_05_Where_no_device_is_to_be_trusted_none_is_and_none_of_before()
    {
        await using var before = await TestServer.StartAsync(postgres, (Days, "1"));
        using var owner = before.Client();
        using var browser = before.Client();
        var (person, enrolled) = await before.EnrolSomebodyAsync(owner);
        var trusted = await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        Assert.Contains(trusted.SetCookies, cookie => cookie.Contains("max-age=86400", StringComparison.OrdinalIgnoreCase));
        await using var after = await TestServer.StartOnAsync(before.Database.ConnectionString, (Days, "0"));
        browser.Address = after.Address;
        var answer = await browser.ProveTrustingAsync(await browser.TicketAsync(person), enrolled.RecoveryCodes[1]);
        answer.AssertProved("aal2", "pwd", "otp", "mfa");
        Assert.DoesNotContain(answer.SetCookies, cookie => cookie.StartsWith(TrustSteps.Cookie, StringComparison.Ordinal));
        await browser.TicketAsync(person);
    }

    [Fact]
    public async Task SG_05_Where_front_ends_live_on_other_sites_the_cookie_goes_along_from_there()
    {
        await using var before = await TestServer.StartAsync(postgres);
        using var owner = before.Client();
        var (person, enrolled) = await before.EnrolSomebodyAsync(owner);
        (string, string)[] elsewhere = [("Accounts:PublicUrl", "https://localhost"), ("Accounts:Sessions:CookieSameSite", "None")];
        await using var server = await TestServer.StartOnAsync(before.Database.ConnectionString, elsewhere);
        using var browser = server.Client();
        var trusted = await browser.TrustAsync(person, enrolled.RecoveryCodes[0]);
        var cookie = Assert.Single(trusted.SetCookies, cookie => cookie.StartsWith($"__Host-{TrustSteps.Cookie}=", StringComparison.Ordinal));
        Assert.All(new[] { "samesite=none", "secure", "partitioned", "httponly" }, word => Assert.Contains(word, cookie, StringComparison.OrdinalIgnoreCase));
        // A refresh cookie that comes along from anywhere needs an origin beside it.
        browser.Cookies.Remove("__Host-refresh_token_partitioned");
        (await browser.LoginAsync(person)).AssertProved("aal1", "pwd");
    }

    [Theory]
    [InlineData("-1"), InlineData("366")]
    public async Task CF_01_A_time_that_is_none_stops_the_start(string days)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => TestServer.StartAsync(postgres, (Days, days)));
        Assert.Equal($"Accounts__SecondFactor__TrustDays is {days}: choose 1 to 365, or 0 so that no device is trusted.", refused.Message);
    }
}
