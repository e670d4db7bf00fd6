using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The examples of <c>docs/social.md</c>, as front ends on a port of their own, against the fake provider in a real browser.</summary>
[Trait("Pace", "long")]
public sealed class BrowserSocialTests(Postgres postgres, Browser browser) : IAsyncLifetime
{
    private TestServer server = null!;
    private BrowserTab tab = null!;
    private ExampleFrontEnd frontEnd = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        tab = await browser.OpenAsync();
        frontEnd = await ExampleFrontEnd.StartAsync(server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await tab.DisposeAsync();
        await frontEnd.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_front_end_whose_script_drives_the_flow_comes_back_signed_in()
    {
        await ChooseAsync(0, "Vera Verified");
        await SaysAsync("Signed in as veraverified");
        Assert.Equal(frontEnd.Addresses[0], tab.Page.Url);
        Assert.Equal(1, await server.Database.UsersAsync("vera@example.com", "email_verified"));
        Assert.Equal(1, await server.Database.CountAsync("social_accounts", "provider = 'fake'"));
        tab.IsContent();
    }

    [Fact]
    public async Task SO_06_A_front_end_whose_server_drives_the_flow_comes_back_signed_in()
    {
        await ChooseAsync(1, "Vera Verified");
        await SaysAsync("Signed in as veraverified with fake");
        Assert.Equal(frontEnd.Addresses[1], tab.Page.Url);
        Assert.Equal(1, await server.Database.CountAsync("sessions", "amr = '{fake}' AND generation = 1"));
        tab.IsContent();
    }

    [Theory]
    [InlineData(0, "Dora Decliner", "access_denied")]
    [InlineData(1, "Dora Decliner", "access_denied")]
    [InlineData(0, "Nora Nowhere", "email_required")]
    [InlineData(1, "Nora Nowhere", "email_required")]
    public async Task What_goes_wrong_is_told_by_its_code(int shown, string person, string code)
    {
        await ChooseAsync(shown, person);
        await SaysAsync(code);
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }

    [Fact]
    public async Task SO_09_Whose_address_is_taken_links_the_two_with_the_password()
    {
        await RegisterTakenAsync();
        tab.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync(Some.Password);
        await ChooseAsync(0, "Tara Taken");
        await SaysAsync("Signed in as tara");
        Assert.Equal(1, await server.Database.CountAsync("social_accounts a JOIN users u ON u.id = a.user_id", "u.username = 'tara' AND u.password_hash IS NOT NULL"));
    }

    [Fact]
    public async Task SO_09_Whose_address_is_taken_is_told_so_where_the_server_drives_the_flow()
    {
        await RegisterTakenAsync();
        await ChooseAsync(1, "Tara Taken");
        await SaysAsync("account_exists");
        Assert.Equal(0, await server.Database.CountAsync("social_accounts"));
    }

    [Fact]
    public async Task SO_09_And_links_the_two_there_with_the_password_by_the_cookie_alone()
    {
        await RegisterTakenAsync();
        tab.Page.Dialog += (_, dialog) => _ = dialog.AcceptAsync(Some.Password);
        await ChooseAsync(1, "Tara Taken");
        await SaysAsync("Signed in as tara with fake");
        tab.IsContent();
    }

    [Theory]
    [InlineData(0), InlineData(1)]
    public async Task SO_09_Or_with_a_code_by_mail(int shown)
    {
        await RegisterTakenAsync();
        Answer(() => Task.FromResult(""), async () => LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync("taken@example.com", 2)));
        await ChooseAsync(shown, "Tara Taken");
        await SaysAsync(shown == 0 ? "Signed in as tara" : "Signed in as tara with fake");
        tab.IsContent();
    }

    [Fact]
    public async Task SO_09_Where_the_account_has_no_password_the_front_end_asks_for_none()
    {
        await RegisterTakenAsync();
        await server.Database.ExecuteAsync("UPDATE users SET password_hash = NULL, ways = '{}'");
        Answer(async () => LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync("taken@example.com", 2)));
        await ChooseAsync(1, "Tara Taken");
        await SaysAsync("Signed in as tara with fake");
        tab.IsContent();
    }

    [Theory]
    [InlineData(0), InlineData(1)]
    public async Task SG_11_Who_shows_no_address_names_one_and_types_the_code_of_the_mail(int shown)
    {
        Answer(() => Task.FromResult("nora@example.com"), () => server.ShownCodeAsync("nora@example.com"));
        await ChooseAsync(shown, "Nora Nowhere");
        await SaysAsync(shown == 0 ? "Signed in as noranowhere" : "Signed in as noranowhere with fake");
        Assert.Equal(1, await server.Database.UsersAsync("nora@example.com", "email_verified"));
        tab.IsContent();
    }

    /// <summary>What a person types when the front end asks, one time after another.</summary>
    private void Answer(params Func<Task<string>>[] texts)
    {
        var asked = 0;
        tab.Page.Dialog += async (_, dialog) => await dialog.AcceptAsync(await texts[asked++]());
    }

    private async Task RegisterTakenAsync()
    {
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync("tara", "taken@example.com")).Status);
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync("taken@example.com"))).Status);
    }

    private async Task ChooseAsync(int shown, string person)
    {
        await tab.Page.GotoAsync(frontEnd.Addresses[shown]);
        await tab.Page.GetByText("Sign in with Fake provider").ClickAsync();
        await tab.SaysAsync("Who is signing in?");
        await tab.Page.GetByText(person).ClickAsync();
    }

    private Task SaysAsync(string text) => tab.ShowsStatusAsync(text);
}
