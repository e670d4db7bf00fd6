using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>A provider that speaks OpenID Connect: the ID token says who it is, and userinfo what the ID token leaves out.</summary>
public class OpenIdHandler(IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : SocialHandler(options, loggers, encoder)
{
    protected override async Task<ExternalProfile> ReadAsync(OAuthTokenResponse tokens, string? nonce)
    {
        var claims = await VerifyAsync(tokens, nonce);
        var person = claims is { } all && (all.TryGetProperty("email", out _) || Options.UserInformationEndpoint.Length == 0) ? all : await GetAsync(Options.UserInformationEndpoint, tokens);
        var uid = Uid(person.Text("sub"));
        if (claims is { } signed && signed.Text("sub") != uid)
        {
            // OpenID Connect Core section 5.3.2: it may speak of somebody else.
            throw ProfileFailed();
        }
        return Profile(uid, person);
    }

    private async Task<JsonElement?> VerifyAsync(OAuthTokenResponse tokens, string? nonce)
    {
        if (Options.KeysEndpoint.Length == 0)
        {
            return null;
        }
        if (tokens.Response!.RootElement.Text("id_token") is { } token)
        {
            return await idTokens.VerifyAsync(token, Options, nonce, Context.RequestAborted) ?? throw ProfileFailed();
        }
        return nonce is null && !Options.NeedsIdToken ? null : throw ProfileFailed();
    }

    protected virtual ExternalProfile Profile(string uid, JsonElement person)
    {
        var address = person.Address("email");
        var (given, family) = (person.Name("given_name"), person.Name("family_name"));
        return new ExternalProfile(Options.Name, uid, address, address is not null && person.IsTrue("email_verified"))
        {
            Issuer = Options.Issuer,
            FirstName = given.Length > 0 || family.Length > 0 ? given : person.Name("name"),
            LastName = family,
        };
    }
}
