using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.OpenId;

/// <summary>A provider that speaks OpenID Connect: the ID token says who it is, and userinfo what the ID token leaves out.</summary>
public class OpenIdHandler(IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : SocialHandler(options, loggers, encoder)
{
    protected override async Task<ExternalProfile> ReadAsync(ProviderTokens tokens, string? nonce, CancellationToken cancellation)
    {
        if (await VerifyAsync(tokens, nonce, cancellation) is { } claims)
        {
            return Signed(await CompleteAsync(claims, tokens, cancellation), claims);
        }
        var person = await UserInfoAsync(tokens, cancellation);
        return Weigh(Profile(Uid(person.Text("sub")), person), null);
    }

    /// <summary>Null where there is none, and userinfo alone says who it is.</summary>
    private async Task<JsonElement?> VerifyAsync(ProviderTokens tokens, string? nonce, CancellationToken cancellation)
    {
        if (Options.KeysEndpoint.Length == 0)
        {
            return null;
        }
        if (tokens.IdToken is { } token)
        {
            return await idTokens.VerifyAsync(token, Options, nonce, cancellation) ?? throw ProfileFailed();
        }
        return nonce is null && !Options.NeedsIdToken ? null : throw ProfileFailed();
    }

    private async Task<ExternalProfile> CompleteAsync(JsonElement claims, ProviderTokens tokens, CancellationToken cancellation)
    {
        var uid = Uid(claims.Text("sub"));
        var lacksAddress = Options.TrustsEmail ? !claims.TellsOfAddress() : claims.Address("email") is null;
        if (tokens.AccessToken is null || Options.UserInformationEndpoint.Length == 0 || (!lacksAddress && claims.TellsName()))
        {
            return Profile(uid, claims);
        }
        var (profile, withheld) = await TryAsync(async limit => Complete(uid, claims, await UserInfoAsync(tokens, limit)), cancellation);
        return profile ?? Profile(uid, claims) with { Withheld = lacksAddress ? withheld : null };
    }

    /// <summary>Reads who an ID token stands for that a native app got from the system's own sign-in.</summary>
    /// <exception cref="Core.Failures.RefusedException">it is not good for us</exception>
    /// <exception cref="Core.Failures.UnavailableException">the provider is away, slow or broken</exception>
    public Task<ExternalProfile> ReadAsync(AppIdToken token) => WithinLimitAsync(async limit =>
    {
        await PrepareAsync(limit);
        var claims = Options.KeysEndpoint.Length > 0 ? await idTokens.VerifyOfAppAsync(token.Text, Options, token.Nonce, limit) : null;
        return claims is { } signed ? Signed(Profile(Uid(signed.Text("sub")), signed), signed) : throw ProfileFailed();
    });

    /// <summary>OpenID Connect Core section 5.3.2: userinfo may speak of somebody else.</summary>
    private ExternalProfile Complete(string uid, JsonElement claims, JsonElement userInfo) => userInfo.Text("sub") == uid
        ? Profile(uid, PersonClaims.Filled(claims, userInfo))
        : Profile(uid, claims) with { Withheld = ProfileFailed() };

    /// <summary>JSON, or a JWT that one of the provider's keys has signed.</summary>
    private async Task<JsonElement> UserInfoAsync(ProviderTokens tokens, CancellationToken cancellation)
    {
        using var response = await AskAsync(Options.UserInformationEndpoint, tokens, cancellation);
        var text = response.IsSuccessStatusCode ? await response.Content.ReadAsStringAsync(cancellation) : throw ProfileFailed();
        var person = IsSigned(response.Content.Headers.ContentType)
            ? Options.KeysEndpoint.Length > 0 ? await idTokens.VerifyUserInfoAsync(text.Trim(), Options, cancellation) : null
            : Parse(text);
        return person is { ValueKind: JsonValueKind.Object } said ? said : throw ProfileFailed();
    }

    private static bool IsSigned(MediaTypeHeaderValue? type) => string.Equals(type?.MediaType, "application/jwt", StringComparison.OrdinalIgnoreCase);

    protected virtual ExternalProfile Profile(string uid, JsonElement person)
    {
        var address = person.Address("email");
        var (given, family) = (person.Name("given_name"), person.Name("family_name"));
        return new ExternalProfile(Options.Name, uid, address, address is not null && person.IsTrue("email_verified"))
        {
            Issuer = Options.Issuer,
            FirstName = given.Length > 0 || family.Length > 0 ? given : person.Name("name"),
            LastName = family,
            Picture = person.Link("picture"),
            Url = person.Link("profile"),
        };
    }

    private ExternalProfile Signed(ExternalProfile profile, JsonElement claims) => Weigh(profile, claims) with { AuthTime = claims.TimeBefore("auth_time", TimeProvider.GetUtcNow()) };

    /// <summary>What the provider's word for the address is worth.</summary>
    /// <param name="profile">of the person</param>
    /// <param name="signed">the claims of the ID token that passed its checks; null where there was none</param>
    protected virtual ExternalProfile Weigh(ExternalProfile profile, JsonElement? signed) => profile;
}
