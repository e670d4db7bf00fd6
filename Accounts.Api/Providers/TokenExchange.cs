using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Accounts.Api.Providers;

/// <summary>How a token endpoint takes the client's secret (RFC 6749 section 2.3.1).</summary>
public enum ClientAuthentication
{
    /// <summary>Beside the code.</summary>
    Body,
    /// <summary>In the header.</summary>
    Basic,
    /// <summary>The issuer takes both, but of a client perhaps only the one that it was registered with: Basic, which is what clients are registered with that do not say, and where that is refused, the body.</summary>
    Either,
}

/// <summary>What a token endpoint gave for a code.</summary>
/// <param name="AccessToken">null where it gave none: Azure AD B2C does so, and an ID token says it all</param>
/// <param name="IdToken">unchecked</param>
public sealed record ProviderTokens(string? AccessToken, string? IdToken)
{
    public override string ToString() => nameof(ProviderTokens);
}

/// <summary>Why there are none.</summary>
/// <param name="Error">the provider's word for it; null where it said none</param>
public sealed record TokenRefusal(string? Error, string? Description);

/// <summary>Redeems a code at a provider's token endpoint.</summary>
public static class TokenExchange
{
    /// <returns>the tokens, or why there are none</returns>
    /// <exception cref="JsonException">the answer is no JSON</exception>
    /// <exception cref="InvalidOperationException">it is no object</exception>
    public static async Task<(ProviderTokens? Tokens, TokenRefusal? Refusal)> RedeemAsync(
        SocialProvider provider, string secret, AuthorizationCode redemption, CancellationToken cancellation)
    {
        using var answer = await SendAsync(provider, secret, redemption, provider.ClientAuthentication == ClientAuthentication.Body, cancellation);
        if (answer.StatusCode == HttpStatusCode.Unauthorized && provider.ClientAuthentication == ClientAuthentication.Either)
        {
            // Who could not sign in has not spent the code.
            using var other = await SendAsync(provider, secret, redemption, inBody: true, cancellation);
            return await ReadAsync(other, cancellation);
        }
        return await ReadAsync(answer, cancellation);
    }

    private static async Task<HttpResponseMessage> SendAsync(SocialProvider provider, string secret, AuthorizationCode redemption, bool inBody, CancellationToken cancellation)
    {
        var fields = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code", ["code"] = redemption.Code, ["redirect_uri"] = redemption.RedirectUri,
        };
        if (provider.UsePkce)
        {
            fields["code_verifier"] = redemption.Verifier;
        }
        using var request = new HttpRequestMessage(HttpMethod.Post, provider.TokenEndpoint);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (inBody)
        {
            (fields["client_id"], fields["client_secret"]) = (provider.ClientId, secret);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Basic(provider.ClientId, secret));
        }
        request.Content = new FormUrlEncodedContent(fields);
        return await provider.Backchannel.SendAsync(request, cancellation);
    }

    /// <summary>Each is form-encoded first, so that a colon in the id does not end it.</summary>
    private static string Basic(string id, string secret) =>
        Convert.ToBase64String(Encoding.ASCII.GetBytes($"{WebUtility.UrlEncode(id)}:{WebUtility.UrlEncode(secret)}"));

    /// <summary>Errors come with any status: GitHub's with 200.</summary>
    private static async Task<(ProviderTokens?, TokenRefusal?)> ReadAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(cancellation));
        var said = json.RootElement;
        var tokens = new ProviderTokens(NotEmpty(said.Text("access_token")), NotEmpty(said.Text("id_token")));
        return answer.IsSuccessStatusCode && said.Text("error") is null && (tokens.AccessToken ?? tokens.IdToken) is not null
            ? (tokens, null)
            : (null, new TokenRefusal(said.Text("error"), said.Text("error_description")));
    }

    private static string? NotEmpty(string? text) => text is { Length: > 0 } ? text : null;
}
