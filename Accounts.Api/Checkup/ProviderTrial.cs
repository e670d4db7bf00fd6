using System.Net;
using System.Text;
using System.Text.Json;
using Accounts.Api.Providers;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.WebUtilities;

namespace Accounts.Api.Checkup;

/// <summary>Asks a provider what our server asks it, by a code that nobody was given, and what a browser asks it that sets out to sign in.</summary>
public sealed class ProviderTrial(OidcDiscovery discovery, TimeProvider time)
{
    private const string NoCode = "accounts-check";

    /// <summary>43 characters, as of every verifier and challenge (RFC 7636).</summary>
    private static readonly string NoVerifier = new('x', 43);

    /// <summary>Finds out where its endpoints are, if that is to be found out.</summary>
    /// <returns>false where it cannot be</returns>
    public async Task<bool> TryPrepareAsync(ProviderRegistration kind, SocialProvider provider, CancellationToken cancellation)
    {
        try
        {
            if (kind.Handler.IsAssignableTo(typeof(OidcHandler)))
            {
                provider.Use(await discovery.FindAsync(provider, cancellation));
            }
            return true;
        }
        catch (UnavailableException)
        {
            return false;
        }
    }

    /// <summary>Both, for one address: that the code is none Google's token endpoint finds before it looks at the address, and GitHub shows browsers its own page of sign-in first.</summary>
    /// <exception cref="UnavailableException">the token endpoint fails, redirects, or shows a page</exception>
    public async Task<ProviderVerdict> AskAsync(SocialProvider provider, string address, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ProviderHttp.Limit);
        var secret = provider.MakeSecret?.Invoke(time.GetUtcNow()) ?? provider.ClientSecret;
        var redeemed = TokenExchange.RedeemAsync(provider, secret, new AuthorizationCode(NoCode, NoVerifier, address, null), limit.Token);
        var (status, shown) = await ShownAsync(provider, address, limit.Token);
        var (_, refusal) = await redeemed;
        return new ProviderVerdict([.. new[] { refusal?.Error, shown }.OfType<string>()], status);
    }

    /// <summary>Where browsers go this server need not be let: who cannot be asked has said nothing.</summary>
    private static async Task<(HttpStatusCode?, string?)> ShownAsync(SocialProvider provider, string address, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, AuthorizationUrl(provider, address));
            request.Options.Set(ProviderAnswers.AsShown, true);
            using var answer = await provider.Backchannel.SendAsync(request, cancellation);
            return (answer.StatusCode, answer.Headers.Location is { } location ? Word(location) : Word(await answer.Content.ReadAsStringAsync(cancellation)));
        }
        catch (Exception e) when (ProviderHttp.IsAway(e) || e is InvalidOperationException)
        {
            return default;
        }
    }

    private static string AuthorizationUrl(SocialProvider provider, string address) => QueryHelpers.AddQueryString(provider.AuthorizationEndpoint, new Dictionary<string, string?>
    {
        ["response_type"] = "code",
        ["client_id"] = provider.ClientId,
        ["redirect_uri"] = address,
        ["scope"] = string.Join(' ', provider.Scope),
        ["state"] = NoCode,
        // What is null is left out.
        ["code_challenge"] = provider.UsePkce ? NoVerifier : null,
        ["code_challenge_method"] = provider.UsePkce ? "S256" : null,
    });

    /// <summary>Google sends browsers on to a page of its own, with the word first in what stands in Base64 in <c>authError</c>; others back, with <c>error</c>.</summary>
    private static string? Word(Uri location)
    {
        var query = QueryHelpers.ParseQuery(location.OriginalString.Split('?', 2) is [_, var text] ? text : "");
        return query.TryGetValue("authError", out var told) ? WordOfGoogle(told.ToString()) : query.TryGetValue("error", out var error) ? error.ToString() : null;
    }

    /// <summary>A message of protocol buffers: one byte that names the field, one for its length, the word.</summary>
    private static string? WordOfGoogle(string told)
    {
        var message = new byte[told.Length];
        return Convert.TryFromBase64String(told.Replace('-', '+').Replace('_', '/').TrimEnd('=').PadRight((told.TrimEnd('=').Length + 3) / 4 * 4, '='), message, out var length)
            && length > 2 && message[0] == 0x0A && message[1] <= length - 2
            ? Encoding.ASCII.GetString(message, 2, message[1]) : null;
    }

    /// <summary>Of a refusal in JSON. A page says it in words for people.</summary>
    private static string? Word(string content)
    {
        try
        {
            using var json = JsonDocument.Parse(content);
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Text("error") : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What a provider makes of our client and an address.</summary>
/// <param name="Words">its own for what it has against them, of the token endpoint and of what browsers are shown</param>
/// <param name="Shown">by which status; null where it could not be asked</param>
public sealed record ProviderVerdict(string[] Words, HttpStatusCode? Shown);
