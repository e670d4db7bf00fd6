using Accounts.Api.Providers.OpenId;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Authentication.OAuth;

namespace Accounts.Api.Providers;

/// <summary>An identity provider as its handler uses it: the framework's options, and what OpenID Connect adds.</summary>
public sealed class SocialProvider : OAuthOptions
{
    public string Name { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>Whether somebody has configured it.</summary>
    public bool IsOn => ClientId.Length > 0;

    /// <summary>GitHub's list of addresses.</summary>
    public string EmailsEndpoint { get; set; } = "";

    /// <summary><c>iss</c> of ID tokens, and of answers that name it (RFC 9207); empty where unknown.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Another spelling of it that ID tokens may have; null where there is none. Identities are kept under the one above.</summary>
    public string? OtherIssuer { get; set; }

    /// <summary>Whether every tenant has an issuer of its own there, which its document and tokens name in place of the one above.</summary>
    public bool HasTenants { get; set; }

    /// <summary>The issuer as its document names it: where that is for any tenant, with a placeholder.</summary>
    public string PublishedIssuer { get; private set; } = "";

    /// <summary>Native apps of the same owner, whose ID tokens are taken.</summary>
    public string[] Audiences { get; private set; } = [];

    /// <summary>For one that gives no secret, and wants one made for each code; null for all others.</summary>
    public Func<DateTimeOffset, string>? MakeSecret { get; set; }

    /// <summary>Whether it asks people anew who they are where it is told to (<c>prompt=login</c>), and says when they have proved it (<c>auth_time</c>). Google does neither.</summary>
    public bool AsksAnew { get; set; }

    /// <summary>Whether it posts its answer to our callback, as a form.</summary>
    public bool FormPost { get; set; }

    /// <summary>Whether the address that it sends browsers back to has a fragment of its own.</summary>
    public bool AddsFragment { get; set; }

    /// <summary>The keys that ID tokens are checked with; without them none is looked at, and userinfo says who it is.</summary>
    public string KeysEndpoint { get; set; } = "";

    /// <summary>Without one, userinfo would say who it is.</summary>
    public bool NeedsIdToken { get; set; }

    /// <summary>Whether a script that begins by itself must bring a verifier: Facebook's never did.</summary>
    public bool AsksForVerifier { get; set; } = true;

    /// <summary>How its token endpoint takes our secret.</summary>
    public ClientAuthentication ClientAuthentication { get; set; }

    /// <summary>Whether an address counts that the provider calls verified.</summary>
    public bool TrustsEmail { get; set; } = true;

    /// <summary>Takes over a provider's settings.</summary>
    public void Use(EndpointSettings settings, HttpClient backchannel, params ReadOnlySpan<string> scopes)
    {
        Use((ProviderSettings)settings, backchannel, scopes);
        (AuthorizationEndpoint, TokenEndpoint, UserInformationEndpoint) = (settings.AuthorizationUrl, settings.TokenUrl, settings.UserInfoUrl);
    }

    /// <summary>Takes over the settings of a provider whose endpoints are still to be discovered.</summary>
    public void Use(ProviderSettings settings, HttpClient backchannel, params ReadOnlySpan<string> scopes)
    {
        ClientSecret = settings.ClientSecret;
        Use(settings.ClientId, backchannel, scopes);
    }

    /// <summary>Takes over what has no secret in its settings.</summary>
    public void Use(string clientId, HttpClient backchannel, params ReadOnlySpan<string> scopes)
    {
        (ClientId, UsePkce, SaveTokens, Backchannel) = (clientId, true, false, backchannel);
        foreach (var scope in scopes)
        {
            Scope.Add(scope);
        }
    }

    /// <param name="audiences">client ids, separated by commas</param>
    public void UseApps(string audiences) => Audiences = SettingsSetup.Parts(audiences);

    /// <summary>Takes over what the issuer publishes: the same for every request, until it changes there.</summary>
    public void Use(OidcEndpoints published)
    {
        (AuthorizationEndpoint, TokenEndpoint, UserInformationEndpoint, KeysEndpoint) = (published.Authorization, published.Token, published.UserInfo, published.Keys);
        (PublishedIssuer, ClientAuthentication) = (published.Issuer, published.ClientAuthentication);
    }
}
