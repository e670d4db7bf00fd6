using Accounts.Api.Http;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Deque.AxeCore.Playwright;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>Every page that the server has, and every section of it, whoever wrote it: what shows fits, nothing complains, and everybody can use it.</summary>
[Trait("Pace", "long")]
public sealed class EveryPageTests(EveryPageTests.Server shared, Browser browser) : IClassFixture<EveryPageTests.Server>
{
    /// <summary>With all that adds to a page, and a colour that is hard to read.</summary>
    public sealed class Server(Postgres postgres) : SharedServer(postgres,
        ("Accounts:EmailCodes:Enabled", "true"), ("Accounts:FrontendUrl", "https://app.example.test"), ("Accounts:Brand:Color", "ffdd00"), ("Accounts:Brand:SupportUrl", "mailto:help@example.com"),
        ("Accounts:Brand:TermsUrl", "https://www.example.com/terms"), ("Accounts:Brand:PrivacyUrl", "https://www.example.com/privacy"));

    private const int Phone = 390, Desktop = 1280;

    private const string Longest = "a-rather-long-name.of-somebody.who-has-it@subdomain.of-an-even-longer.example.com";

    [Theory]
    [InlineData(Phone, ColorScheme.Light), InlineData(Phone, ColorScheme.Dark), InlineData(Desktop, ColorScheme.Light), InlineData(Desktop, ColorScheme.Dark)]
    public async Task Each_section_fits_complains_of_nothing_and_is_for_everybody(int width, ColorScheme scheme)
    {
        await using var tab = await OpenAsync(new() { ViewportSize = new() { Width = width, Height = 844 }, ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce, Locale = "en-GB" });
        var faults = new List<string>();
        await EachSectionAsync(tab, async place =>
        {
            faults.AddRange(await WiderAsync(tab, place));
            var axe = await tab.Page.RunAxe();
            faults.AddRange(axe.Violations.SelectMany(rule => rule.Nodes.Select(node => $"{place}: {rule.Id}: {node.Html} {node.Any.FirstOrDefault()?.Message}")));
        });
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        tab.IsContent();
    }

    [Theory]
    [InlineData("de"), InlineData("fr"), InlineData("es"), InlineData("pt-BR")]
    public async Task Each_section_fits_on_a_phone_in_every_language(string tag)
    {
        await using var tab = await OpenAsync(new() { ViewportSize = new() { Width = Phone, Height = 844 }, Locale = tag });
        var faults = new List<string>();
        await EachSectionAsync(tab, async place =>
        {
            faults.AddRange(await WiderAsync(tab, place));
            Assert.Equal(tag, await tab.Page.EvaluateAsync<string>("document.getElementById('texts') ? document.documentElement.lang : navigator.language"));
        });
        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        tab.IsContent();
    }

    /// <summary>Of an administrator, who sees most.</summary>
    private async Task<BrowserTab> OpenAsync(BrowserNewContextOptions options)
    {
        var tab = await browser.OpenAsync(options);
        using var client = shared.Server.Client();
        var person = await shared.Server.SignInAdministratorAsync(client);
        var answer = await tab.Page.Context.APIRequest.PostAsync($"{shared.Server.Address}api/auth/login/", new() { DataObject = new { email = person.Email, password = person.Password } });
        Assert.True(answer.Ok, await answer.TextAsync());
        return tab;
    }

    private async Task EachSectionAsync(BrowserTab tab, Func<string, Task> look)
    {
        var pages = Pages();
        Assert.InRange(pages.Length, 15, 60);
        var seen = new HashSet<string>();
        foreach (var page in pages)
        {
            await tab.OpenAsync(new Uri(shared.Server.Address, page).AbsoluteUri);
            await tab.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            if (!seen.Add(new Uri(tab.Page.Url).AbsolutePath))
            {
                continue;
            }
            await look(page);
            foreach (var section in await tab.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('main > section[id]')].map(section => section.id)"))
            {
                await tab.Page.EvaluateAsync(
                    """
                    ([id, text]) => {
                      for (const section of document.querySelectorAll('main > section')) section.hidden = section.id !== id;
                      for (const place of document.querySelectorAll(`#${CSS.escape(id)} [data-fill]`)) if (!place.matches('input') && !place.textContent) place.textContent = text;
                    }
                    """, new[] { section, Longest });
                await look($"{page}#{section}");
            }
        }
    }

    private static async Task<string[]> WiderAsync(BrowserTab tab, string place)
    {
        var over = await tab.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        return over > 0 ? [$"{place} is {over} pixels wider than the window."] : [];
    }

    private string[] Pages() =>
    [
        .. shared.Server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<PageEndpointAttribute>() is not null)
            .Select(endpoint => endpoint.RoutePattern.RawText!)
            .Where(path => !path.Contains('{', StringComparison.Ordinal) && !Path.HasExtension(path) && !path.StartsWith("api/", StringComparison.Ordinal) && path != "brand/logo")
            .Order(StringComparer.Ordinal),
    ];
}
