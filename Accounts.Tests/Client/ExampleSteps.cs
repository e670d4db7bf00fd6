using System.Text.RegularExpressions;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Microsoft.Playwright;

namespace Accounts.Tests.Client;

/// <summary>What somebody does on the page of an example; all of them look alike.</summary>
internal static partial class ExampleSteps
{
    public static async Task EnterAsync(this BrowserTab tab, Person person, string button)
    {
        await tab.FillAsync("Name", person.Username);
        await tab.FillAsync("Address, to sign up", person.Email);
        await tab.Page.GetByLabel("Password").FillAsync(person.Password);
        await tab.ClickAsync(button);
    }

    public static Task ShowsAsync(this BrowserTab tab, Person person) => tab.ShowsStatusAsync($"Signed in as {person.Username}");

    public static async Task SignUpAsync(this BrowserTab tab, TestServer server, Person person)
    {
        await tab.EnterAsync(person, "Sign up");
        await tab.ShowsStatusAsync("We have sent you a mail");
        var link = await tab.OpenAnotherAsync();
        await link.OpenAsync(Link().Match((await server.Mailbox.WaitAsync(person.Email)).Text).Value);
        await link.SaysAsync("Your email is verified");
        await link.Page.CloseAsync();
    }

    public static async Task SignInAsync(this BrowserTab tab, Person person)
    {
        await tab.EnterAsync(person, "Sign in");
        await tab.ShowsAsync(person);
    }

    public static async Task SignInByProviderAsync(this BrowserTab tab)
    {
        await tab.ClickAsync("Sign in with Fake provider");
        await tab.SaysAsync("Who is signing in?");
        await tab.Page.GetByText("Vera Verified").ClickAsync();
        await tab.ShowsStatusAsync("Signed in as veraverified");
    }

    public static async Task SignInWithFactorAsync(this BrowserTab tab, TestServer server, Person person, Enrolled enrolled)
    {
        await server.Database.ForgetStepsAsync(person);
        await tab.EnterAsync(person, "Sign in");
        await tab.ShowsStatusAsync("second_factor_required");
        await tab.FillAsync("Code", FactorSteps.CodeOf(enrolled.Secret));
        await tab.ClickAsync("Go on");
        await tab.ShowsAsync(person);
    }

    public static async Task SignOutAsync(this BrowserTab tab)
    {
        await tab.ClickAsync("Sign out");
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Status)).ToHaveTextAsync(Out());
    }

    [GeneratedRegex(@"https?://\S+/verify-email#token=[A-Za-z0-9_-]+")]
    private static partial Regex Link();

    [GeneratedRegex("^(Nobody is signed in|Signed out: logout)$")]
    private static partial Regex Out();
}
