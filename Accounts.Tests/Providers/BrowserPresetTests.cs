using System.Collections.Concurrent;
using Accounts.Tests.Support;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>People who sign in by each provider's own page, in a real browser, by a script or by the server: there and back, by other ways than the straight one.</summary>
[Trait("Pace", "long")]
public sealed class BrowserPresetTests(BrowserPresets shared, Browser browser) : IClassFixture<BrowserPresets>, IAsyncLifetime
{
    private static readonly string[] Presets = ["google", "github", "facebook", "linkedin", "microsoft", "gitlab", "discord", "oidc", "apple"];

    private readonly TestServer server = shared.Server;
    private BrowserTab tab = null!;

    /// <summary>Apple posts its answer, which no script can take.</summary>
    public static TheoryData<string, string> All => Each(Presets);

    /// <summary>One of each shape: a code in the address, one without PKCE whose provider adds a fragment, one that is posted.</summary>
    public static TheoryData<string, string> Shapes => Each("google", "facebook", "apple");

    private static TheoryData<string, string> Each(params string[] presets) =>
        new(presets.SelectMany(preset => preset == "apple" ? [(preset, "redirect")] : new[] { (preset, "script"), (preset, "redirect") }));

    public async ValueTask InitializeAsync() => tab = await browser.OpenAsync();

    public ValueTask DisposeAsync() => tab.DisposeAsync();

    [Theory, MemberData(nameof(All))]
    public async Task XA_13_Who_cancels_is_told_so_and_is_signed_in_at_the_next_try(string preset, string flow)
    {
        var visitor = shared.Meet(preset);
        await LeaveAsync(tab, visitor, flow);
        await tab.ClickAsync(AuthorizationPages.Cancel);
        // A script's front end gets the provider's own word.
        await tab.ShowsStatusAsync((preset, flow) switch { ("linkedin", "script") => "user_cancelled_login", _ => "access_denied" });
        Assert.Equal(0, await server.Database.UsersAsync(visitor.Email));
        Assert.Equal(0, await AccountsAsync(visitor));
        await ChooseProviderAsync(tab, visitor);
        await ArriveAsync(tab, visitor, flow);
        Assert.Equal(AddressOf(flow), tab.Page.Url.TrimEnd('#'));
        await IsSignedInAsync(tab, visitor);
        tab.IsContent();
    }

    [Theory, MemberData(nameof(Shapes))]
    public async Task XA_13_Reload_and_Back_and_choosing_once_more_sign_nobody_out_and_make_no_second_account(string preset, string flow)
    {
        var visitor = shared.Meet(preset);
        var answers = new ConcurrentQueue<string>();
        tab.Page.Request += (_, request) =>
        {
            if (request.Url.Contains("code=", StringComparison.Ordinal))
            {
                answers.Enqueue(request.Url);
            }
        };
        await LeaveAsync(tab, visitor, flow);
        await ArriveAsync(tab, visitor, flow);
        await tab.Page.ReloadAsync();
        await IsSignedInAsync(tab, visitor);
        await tab.Page.GoBackAsync();
        await tab.SaysAsync($"Who is signing in with {preset}?");
        await tab.ClickAsync(visitor.Email);
        await IsBackAsync(visitor, flow);
        Assert.Equal(preset == "apple", answers.IsEmpty);
        foreach (var answer in answers)
        {
            await tab.Page.GotoAsync(answer);
            await IsBackAsync(visitor, flow);
        }
        tab.IsContent();
    }

    /// <summary>At the front end, where whoever is signed in stays so: by the server's own flow nothing is said, and by a script that the state is spent.</summary>
    private async Task IsBackAsync(Visitor visitor, string flow)
    {
        await tab.ShowsStatusAsync(flow == "script" ? "invalid_state" : await SignedInAsync(visitor, flow));
        Assert.Equal(AddressOf(flow), tab.Page.Url.TrimEnd('#'));
        await IsSignedInAsync(tab, visitor);
    }

    [Theory, MemberData(nameof(Shapes))]
    public async Task XA_13_Two_tabs_that_set_out_at_the_same_time_both_come_back_signed_in(string preset, string flow)
    {
        var visitor = shared.Meet(preset);
        await using var second = await tab.OpenAnotherAsync();
        BrowserTab[] tabs = [tab, second];
        await Task.WhenAll(tabs.Select(one => LeaveAsync(one, visitor, flow)));
        foreach (var one in tabs)
        {
            await ArriveAsync(one, visitor, flow);
        }
        foreach (var one in tabs)
        {
            await IsSignedInAsync(one, visitor);
            one.IsContent();
        }
    }

    private string AddressOf(string flow) => shared.FrontEnd.Addresses[flow == "script" ? 0 : 1];

    private async Task LeaveAsync(BrowserTab one, Visitor visitor, string flow)
    {
        await one.Page.GotoAsync(AddressOf(flow));
        await ChooseProviderAsync(one, visitor);
    }

    private static async Task ChooseProviderAsync(BrowserTab one, Visitor visitor)
    {
        await one.Page.GetByText($"Sign in with {Title(visitor.Preset)}", new() { Exact = true }).ClickAsync();
        await one.SaysAsync($"Who is signing in with {visitor.Preset}?");
    }

    private static string Title(string preset) => preset switch
    {
        "github" => "GitHub",
        "linkedin" => "LinkedIn",
        "gitlab" => "GitLab",
        "oidc" => "Our company",
        _ => $"{char.ToUpperInvariant(preset[0])}{preset[1..]}",
    };

    private async Task ArriveAsync(BrowserTab one, Visitor visitor, string flow)
    {
        await one.ClickAsync(visitor.Email);
        await Assertions.Expect(one.Page.GetByRole(AriaRole.Status)).ToContainTextAsync("Signed in as");
        await one.ShowsStatusAsync(await SignedInAsync(visitor, flow));
    }

    private async Task<string> SignedInAsync(Visitor visitor, string flow) =>
        $"Signed in as {await UsernameAsync(visitor)}{(flow == "script" ? "" : $" with {visitor.Preset}")}";

    private Task<string> UsernameAsync(Visitor visitor) =>
        server.Database.ScalarAsync<string>("SELECT username FROM users WHERE email = @email", ("email", visitor.Email));

    private Task<long> AccountsAsync(Visitor visitor) =>
        server.Database.CountAsync("social_accounts", "provider = @provider AND provider_uid = @uid", ("provider", visitor.Preset), ("uid", visitor.Uid));

    private async Task IsSignedInAsync(BrowserTab one, Visitor visitor)
    {
        Assert.Equal(await UsernameAsync(visitor), await one.Page.EvaluateAsync<string?>(WhoAmI, $"{server.Address}api/auth/"));
        Assert.Equal((1, 1), (await server.Database.UsersAsync(visitor.Email), await AccountsAsync(visitor)));
    }

    private const string WhoAmI = """
        async api => {
          const { access } = await (await fetch(`${api}token/refresh/`, { method: 'POST', credentials: 'include' })).json();
          return (await (await fetch(`${api}me/`, { headers: { Authorization: `Bearer ${access}` } })).json()).username;
        }
        """;
}
