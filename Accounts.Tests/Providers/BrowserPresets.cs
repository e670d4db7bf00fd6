using System.Text.Json.Nodes;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>A server with every provider, each with a page for people, and the front ends of <c>docs/social.md</c>; shared by the tests of a class.</summary>
public sealed class BrowserPresets(Postgres postgres) : IAsyncLifetime
{
    private static readonly string[] WithEndpoints = ["Google", "GitHub", "Facebook", "LinkedIn", "Discord"];

    private ProviderDouble provider = null!;
    private PresetDouble presets = null!;
    private AuthorizationPages pages = null!;

    public TestServer Server { get; private set; } = null!;

    public ExampleFrontEnd FrontEnd { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        (provider, presets, pages) = (await ProviderDouble.StartAsync(), await PresetDouble.StartAsync(), await AuthorizationPages.StartAsync());
        (provider.DiscoveryDocument["authorization_endpoint"], presets.AuthorizationEndpoint) = (pages.Of("oidc"), pages.Of);
        Server = await TestServer.StartAsync(postgres, [.. provider.Settings, .. presets.Settings,
            .. WithEndpoints.Select(name => ($"Accounts:Social:{name}:AuthorizationUrl", pages.Of(name.ToLowerInvariant())))]);
        FrontEnd = await ExampleFrontEnd.StartAsync(Server.Address);
    }

    /// <summary>Somebody new, whom that provider's page offers from now on.</summary>
    public Visitor Meet(string preset)
    {
        Visitor visitor;
        if (preset is "google" or "github" or "facebook" or "linkedin" or "oidc")
        {
            var identity = preset switch
            {
                "google" => Identity.OfGoogle(),
                "github" => Identity.OfGitHub(),
                "facebook" => Identity.OfFacebook(),
                "linkedin" => Identity.OfLinkedIn(),
                _ => Identity.OfOidc(provider),
            };
            visitor = new Visitor(preset, identity.Email, identity.Uid);
            pages.Add(preset, visitor.Email, address => provider.Authorize(address, identity).Code);
        }
        else
        {
            var person = preset switch
            {
                "microsoft" => presets.Microsofts(),
                "apple" => presets.Apples(),
                "discord" => PresetPeople.Discords(),
                _ => presets.Issued(preset),
            };
            visitor = new Visitor(preset, Text(person, "email"), Text(person, preset switch { "microsoft" => "oid", "discord" => "id", _ => "sub" }));
            pages.Add(preset, visitor.Email, address => presets.Authorize(address, person).Code);
        }
        return visitor;
    }

    private static string Text(JsonObject person, string member) => (string)person[member]!;

    public async ValueTask DisposeAsync()
    {
        await FrontEnd.DisposeAsync();
        await Server.DisposeAsync();
        await pages.DisposeAsync();
        await presets.DisposeAsync();
        await provider.DisposeAsync();
    }
}

/// <summary>Who signs in by a provider's page, where the address is on the button.</summary>
public sealed record Visitor(string Preset, string Email, string Uid);
