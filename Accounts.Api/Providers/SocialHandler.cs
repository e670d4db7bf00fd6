using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Social;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers;

/// <summary>
/// What the framework's handler knows of OAuth 2.0, for both of our flows: where to send the browser, and what a code is
/// worth. State and cookies are ours, in the database: it handles no request by itself and is no scheme of the framework.
/// </summary>
public abstract partial class SocialHandler(IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OAuthHandler<SocialProvider>(options, loggers, encoder)
{
    /// <summary>Seconds: that of a proof that counts as of a moment ago.</summary>
    private static readonly string OldestProof = StepUp.Window.TotalSeconds.ToString(CultureInfo.InvariantCulture);

    public SocialProvider Provider => Options;

    public override Task<bool> ShouldHandleRequestAsync() => Task.FromResult(false);

    /// <summary>Before anything else is asked of it: where its endpoints are to be found first.</summary>
    /// <exception cref="UnavailableException">they cannot be found now</exception>
    public virtual Task PrepareAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>The same by what is known already; false where it is not, and is being asked for.</summary>
    public virtual bool TryPrepare() => true;

    /// <summary>PKCE is always S256 (RFC 7636), where the provider knows it: the verifier stays with us, or with the script that began.</summary>
    /// <param name="begun">what goes along</param>
    /// <param name="anew">whether the person is asked who they are whatever session they have there</param>
    public string AuthorizationUrl(IssuedSocialState begun, bool anew = false) => QueryHelpers.AddQueryString(Options.AuthorizationEndpoint, new Dictionary<string, string?>
    {
        ["response_type"] = "code",
        ["client_id"] = Options.ClientId,
        ["redirect_uri"] = begun.RedirectUri,
        ["scope"] = FormatScope(),
        ["state"] = begun.State,
        ["nonce"] = begun.Nonce,
        // What is null is left out.
        ["code_challenge"] = Options.UsePkce ? begun.CodeChallenge : null,
        ["response_mode"] = Options.FormPost ? "form_post" : null,
        ["prompt"] = anew ? "login" : null,
        // Who is asked for an age must say the time (OpenID Connect Core section 2). Of 0, Duende's asks without an end.
        ["max_age"] = anew ? OldestProof : null,
        [OAuthConstants.CodeChallengeMethodKey] = Options.UsePkce ? OAuthConstants.CodeChallengeMethodS256 : null,
    });

    public string Scopes => FormatScope();

    /// <summary>What the token endpoint knows us by.</summary>
    private string ClientSecret => Options.MakeSecret?.Invoke(TimeProvider.GetUtcNow()) ?? Options.ClientSecret;

    /// <summary>Redeems a code and reads who it stands for. The provider's tokens are not kept. All of it has ended when this returns.</summary>
    /// <exception cref="RefusedException">the provider refuses the code, or does not say who it is</exception>
    /// <exception cref="UnavailableException">the provider is away, slow or broken</exception>
    public virtual Task<ExternalProfile> FetchAsync(AuthorizationCode redemption) => WithinLimitAsync(limit => RedeemAsync(redemption, limit));

    /// <summary>All of it has ended when this returns.</summary>
    protected async Task<T> WithinLimitAsync<T>(Func<CancellationToken, Task<T>> ask)
    {
        var aborted = Context.RequestAborted;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(aborted);
        limit.CancelAfter(ProviderHttp.Limit);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception e) when (ProviderHttp.IsAway(e) && !aborted.IsCancellationRequested)
        {
            throw ProviderHttp.Away();
        }
        catch (Exception e) when (IsNonsense(e))
        {
            throw ProfileFailed();
        }
    }

    /// <summary>Not JSON, not of the form, not text: whatever it was, it names nobody.</summary>
    private static bool IsNonsense(Exception e) => e is JsonException or InvalidOperationException or FormatException;

    private async Task<ExternalProfile> RedeemAsync(AuthorizationCode redemption, CancellationToken cancellation)
    {
        await PrepareAsync(cancellation);
        var tokens = await ExchangeAsync(redemption, cancellation);
        return await ReadAsync(tokens, redemption.Nonce, cancellation);
    }

    private async Task<ProviderTokens> ExchangeAsync(AuthorizationCode redemption, CancellationToken cancellation)
    {
        try
        {
            var (tokens, refusal) = await TokenExchange.RedeemAsync(Options, ClientSecret, redemption, cancellation);
            // An ID token says nothing where it cannot be checked.
            if (tokens is not null && (tokens.AccessToken is not null || Options.KeysEndpoint.Length > 0))
            {
                return tokens;
            }
            throw Refused(refusal);
        }
        catch (Exception e) when (IsNonsense(e))
        {
            // A refusal that is no JSON object.
            throw Refused(null);
        }
    }

    /// <summary>A code that is not good is the sender's affair; any other refusal of the token endpoint the operator's, who finds it in the log.</summary>
    private AccountsException Refused(TokenRefusal? refusal)
    {
        if (refusal?.Error is "temporarily_unavailable" or "server_error")
        {
            return ProviderHttp.Away();
        }
        if (refusal?.Error is { } error and not ("invalid_grant" or "bad_verification_code"))
        {
            LogNoTokens(Logger, Options.Name, ProviderWords.Of(error), ProviderWords.Of(refusal.Description));
        }
        return new RefusedException(ErrorCode.CodeExchangeFailed);
    }

    /// <summary>What the provider sent the browser back with in place of a code. LinkedIn has words of its own for a person who declines.</summary>
    public AccountsException Refusal(string? error, string? description)
    {
        switch (error)
        {
            case "access_denied" or "user_cancelled_login" or "user_cancelled_authorize":
                return new RefusedException(ErrorCode.AccessDenied);
            case "temporarily_unavailable" or "server_error":
                return ProviderHttp.Away();
            default:
                LogNoCode(Logger, Options.Name, ProviderWords.Of(error), ProviderWords.Of(description));
                return new RefusedException(ErrorCode.ProviderError);
        }
    }

    /// <summary>Who it is, from the answer to the code.</summary>
    protected abstract Task<ExternalProfile> ReadAsync(ProviderTokens tokens, string? nonce, CancellationToken cancellation);

    protected static RefusedException ProfileFailed() => new(ErrorCode.ProviderProfileFailed);

    /// <summary>Asks for what a person who is known can do without (SG-22), and not for long.</summary>
    /// <returns>what was said, or why nothing was</returns>
    protected static async Task<(T? Said, AccountsException? Withheld)> TryAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(ProviderHttp.LimitOfProfile);
        try
        {
            return (await ask(limit.Token), null);
        }
        catch (AccountsException e)
        {
            return (default, e);
        }
        catch (Exception e) when (ProviderHttp.IsAway(e) && !cancellation.IsCancellationRequested)
        {
            return (default, ProviderHttp.Away());
        }
        catch (Exception e) when (IsNonsense(e))
        {
            return (default, ProfileFailed());
        }
    }

    protected async Task<JsonElement> GetAsync(string url, ProviderTokens tokens, CancellationToken cancellation)
    {
        using var response = await AskAsync(url, tokens, cancellation);
        return await ReadAsync(response, cancellation);
    }

    protected async Task<HttpResponseMessage> AskAsync(string url, ProviderTokens tokens, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.AccessToken);
        return await Backchannel.SendAsync(request, cancellation);
    }

    protected static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellation) =>
        response.IsSuccessStatusCode ? Parse(await response.Content.ReadAsStringAsync(cancellation)) : throw ProfileFailed();

    protected static JsonElement Parse(string text)
    {
        using var json = JsonDocument.Parse(text);
        return json.RootElement.Clone();
    }

    /// <summary>An id that could be anybody's (none, 0, blank) is nobody's.</summary>
    protected static string Uid(string? text) =>
        text is { Length: > 0 and <= ExternalProfile.LongestUid } && text != "0" && text.Trim() == text && !text.Any(char.IsControl) ? text : throw ProfileFailed();

    [LoggerMessage(LogLevel.Warning, "{Provider} sent the browser back without a code: {Error} ({Description})")]
    private static partial void LogNoCode(ILogger log, string provider, string error, string description);

    [LoggerMessage(LogLevel.Warning, "{Provider} gives no tokens for a code: {Error} ({Description})")]
    private static partial void LogNoTokens(ILogger log, string provider, string error, string description);
}

/// <summary>A code and what it was asked for with.</summary>
/// <param name="Nonce">that the ID token must repeat; null where none was sent along</param>
public sealed record AuthorizationCode(string Code, string Verifier, string RedirectUri, string? Nonce)
{
    /// <summary>What the browser brought along of the person (Apple's <c>user</c>), which nobody has signed; null where it brought nothing.</summary>
    public string? Told { get; init; }

    public static AuthorizationCode Of(SpentSocialState trip, string code) => new(code, trip.Verifier, trip.RedirectUri, trip.Nonce);

    public override string ToString() => nameof(AuthorizationCode);
}
