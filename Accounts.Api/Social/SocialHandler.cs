using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>
/// What the framework's handler knows of OAuth 2.0, for both of our flows: where to send the browser, and what a code is
/// worth. State and cookies are ours, in the database: it handles no request by itself and is no scheme of the framework.
/// </summary>
public abstract class SocialHandler(IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OAuthHandler<SocialProvider>(options, loggers, encoder)
{
    public SocialProvider Provider => Options;

    public override Task<bool> ShouldHandleRequestAsync() => Task.FromResult(false);

    /// <summary>Before anything else is asked of it: where its endpoints are to be found first.</summary>
    /// <exception cref="UnavailableException">they cannot be found now</exception>
    public virtual Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>PKCE is always S256 (RFC 7636), where the provider knows it: the verifier stays with us, or with the script that began.</summary>
    public string AuthorizationUrl(IssuedSocialState begun) => QueryHelpers.AddQueryString(Options.AuthorizationEndpoint, new Dictionary<string, string?>
    {
        ["response_type"] = "code",
        ["client_id"] = Options.ClientId,
        ["redirect_uri"] = begun.RedirectUri,
        ["scope"] = FormatScope(),
        ["state"] = begun.State,
        ["nonce"] = begun.Nonce,
        // What is null is left out.
        ["code_challenge"] = Options.UsePkce ? begun.CodeChallenge : null,
        [OAuthConstants.CodeChallengeMethodKey] = Options.UsePkce ? OAuthConstants.CodeChallengeMethodS256 : null,
    });

    public string Scopes => FormatScope();

    /// <summary>Redeems a code and reads who it stands for. The provider's tokens are not kept.</summary>
    /// <exception cref="RefusedException">the provider refuses the code, or does not say who it is</exception>
    /// <exception cref="UnavailableException">the provider is away, slow or broken</exception>
    public async Task<ExternalProfile> FetchAsync(AuthorizationCode redemption)
    {
        try
        {
            return await RedeemAsync(redemption).WaitAsync(ProviderHttp.Limit, Context.RequestAborted);
        }
        catch (Exception e) when (ProviderHttp.IsAway(e) && !Context.RequestAborted.IsCancellationRequested)
        {
            throw ProviderHttp.Away();
        }
    }

    private async Task<ExternalProfile> RedeemAsync(AuthorizationCode redemption)
    {
        await PrepareAsync(Context.RequestAborted);
        using var tokens = await ExchangeAsync(redemption);
        try
        {
            return await ReadAsync(tokens, redemption.Nonce);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            // Not JSON, not of the form, not text: whatever it was, it names nobody.
            throw ProfileFailed();
        }
    }

    private async Task<OAuthTokenResponse> ExchangeAsync(AuthorizationCode redemption)
    {
        var properties = new AuthenticationProperties();
        if (Options.UsePkce)
        {
            properties.Items[OAuthConstants.CodeVerifierKey] = redemption.Verifier;
        }
        try
        {
            var tokens = await ExchangeCodeAsync(new OAuthCodeExchangeContext(properties, redemption.Code, redemption.RedirectUri));
            if (tokens.Error is null && !string.IsNullOrEmpty(tokens.AccessToken))
            {
                return tokens;
            }
            tokens.Dispose();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A refusal that is no JSON object.
        }
        throw new RefusedException(ErrorCode.CodeExchangeFailed);
    }

    /// <summary>Who it is, from the answer to the code.</summary>
    protected abstract Task<ExternalProfile> ReadAsync(OAuthTokenResponse tokens, string? nonce);

    protected static RefusedException ProfileFailed() => new(ErrorCode.ProviderProfileFailed);

    protected async Task<JsonElement> GetAsync(string address, OAuthTokenResponse tokens)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        using var response = await Backchannel.SendAsync(request, Context.RequestAborted);
        if (!response.IsSuccessStatusCode)
        {
            throw ProfileFailed();
        }
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Context.RequestAborted));
        return json.RootElement.Clone();
    }

    /// <summary>An id that could be anybody's (none, 0, blank) is nobody's.</summary>
    protected static string Uid(string? text) =>
        text is { Length: > 0 and <= ExternalProfile.LongestUid } && text != "0" && text.Trim() == text && !text.Any(char.IsControl) ? text : throw ProfileFailed();
}

/// <summary>A code and what it was asked for with.</summary>
/// <param name="Nonce">that the ID token must repeat; null where none was sent along</param>
public sealed record AuthorizationCode(string Code, string Verifier, string RedirectUri, string? Nonce);
