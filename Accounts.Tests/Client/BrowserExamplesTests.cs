using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>Each example of <c>client/examples</c>, as somebody who uses it meets it.</summary>
[Trait("Pace", "long")]
public sealed class BrowserExamplesTests(Postgres postgres, Browser browser)
{
    [Theory]
    [InlineData("plain"), InlineData("react"), InlineData("vue"), InlineData("axios"), InlineData("nextjs")]
    public async Task Somebody_signs_up_by_mail_signs_in_in_every_way_reloads_and_signs_out(string example)
    {
        await using var site = await RunningExample.StartAsync(example, postgres);
        await using var tab = await browser.OpenAsync();
        var person = Some.Person();
        await tab.OpenAsync(site.Address);
        await tab.ShowsStatusAsync("Nobody is signed in");
        await tab.SignUpAsync(site.Server, person);
        await tab.SignInAsync(person);
        await tab.Page.ReloadAsync();
        await tab.ShowsAsync(person);
        await tab.SignOutAsync();
        await tab.SignInByProviderAsync();
        Assert.Equal(site.Address, tab.Page.Url);
        await tab.SignOutAsync();
        await tab.SignInWithFactorAsync(site.Server, person, await EnrolAsync(site.Server, person));
        await tab.Page.ReloadAsync();
        await tab.ShowsAsync(person);
        await tab.SignOutAsync();
        await tab.Page.ReloadAsync();
        await tab.ShowsStatusAsync("Nobody is signed in");
        tab.IsContent();
    }

    private static async Task<Enrolled> EnrolAsync(TestServer server, Person person)
    {
        using var client = server.Client();
        await client.SignInAsync(person);
        return await client.EnrolAsync();
    }
}
