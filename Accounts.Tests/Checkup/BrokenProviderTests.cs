using System.Text;
using Accounts.Core.Checkup;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>What providers say to our client, in the form in which Google and GitHub say it, with the sentence that it gets.</summary>
[Trait("Pace", "long")]
public sealed class BrokenProviderTests(Postgres postgres)
{
    private const string Page = "https://app.example.test/signed-in";

    [Theory]
    [InlineData("well", FindingLevel.Ok, "Every provider that is set up answers and knows our client")]
    [InlineData("secret", FindingLevel.Problem, "Google does not know our client id, or the secret is another (invalid_client)")]
    [InlineData("issuer", FindingLevel.Problem, "/oidc/typo/.well-known/openid-configuration cannot be read, or names another issuer")]
    [InlineData("away", FindingLevel.Problem, "Google cannot be asked at http://localhost:1/token")]
    public async Task CF_01_The_doctor_tells_what_a_provider_makes_of_our_client(string fault, FindingLevel level, string words)
    {
        await using var provider = await ProviderDouble.StartAsync();
        var settings = provider.Settings.ToDictionary();
        settings["Accounts:Social:Google:ClientSecret"] = fault == "secret" ? "another" : ProviderDouble.ClientSecret;
        if (fault == "away")
        {
            settings["Accounts:Social:Google:TokenUrl"] = "http://localhost:1/token";
        }
        if (fault == "issuer")
        {
            settings["Accounts:Social:Oidc:Oidc:Issuer"] = $"{provider.OidcIssuer}/typo";
        }
        (await AskAsync(settings)).Finds("providers", level, words);
    }

    [Theory]
    [InlineData("invalid_client", "The OAuth client was not found."), InlineData("deleted_client", "The OAuth client was deleted.")]
    public async Task CF_01_A_client_id_that_Google_does_not_know_is_told(string word, string text)
    {
        await using var provider = await ProviderDouble.StartAsync();
        provider.Faults["/token"] = context => SayAsync(context, 401, $$"""{"error":"{{word}}","error_description":"{{text}}"}""");
        provider.Faults["/authorize"] = context => SendToGooglesErrorAsync(context, word, text, 401);
        (await AskAsync(Of(provider, "Google"))).Finds("providers", FindingLevel.Problem, $"Google does not know our client id, or the secret is another ({word}): compare the ClientId and ClientSecret in Accounts__Social");
    }

    [Fact]
    public async Task CF_01_A_client_id_that_GitHub_does_not_know_is_told()
    {
        await using var provider = await ProviderDouble.StartAsync();
        provider.Faults["/token"] = context => SayAsync(context, 404, """{"error":"Not Found"}""");
        provider.Faults["/authorize"] = context => SayAsync(context, 404, "<html>Page not found</html>", "text/html");
        (await AskAsync(Of(provider, "GitHub"))).Finds("providers", FindingLevel.Problem, "GitHub does not know our client id, or the secret is another (Not Found)");
    }

    [Fact]
    public async Task CF_01_A_secret_that_is_not_GitHubs_any_more_is_told()
    {
        await using var provider = await ProviderDouble.StartAsync();
        provider.Faults["/token"] = context => SayAsync(context, 200, """{"error":"incorrect_client_credentials","error_description":"The client_id and/or client_secret passed are incorrect."}""");
        (await AskAsync(Of(provider, "GitHub"))).Finds("providers", FindingLevel.Problem, "GitHub does not know our client id, or the secret is another (incorrect_client_credentials)");
    }

    /// <summary>Who drives the flow by a script has its page entered, and by the server our callback: only who has neither is told.</summary>
    [Theory]
    [InlineData("neither", FindingLevel.Problem, "/api/auth/social/google/callback/ or https://app.example.test/signed-in: enter the one that you use there as a redirect URI.")]
    [InlineData("the page", FindingLevel.Ok, ""), InlineData("the callback", FindingLevel.Ok, "")]
    public async Task CF_01_A_redirect_address_that_Google_has_not_is_told(string entered, FindingLevel level, string words)
    {
        await using var provider = await ProviderDouble.StartAsync();
        provider.Faults["/authorize"] = context =>
        {
            var isPage = context.Request.Query["redirect_uri"] == Page;
            return entered == "neither" || isPage != (entered == "the page")
                ? SendToGooglesErrorAsync(context, "redirect_uri_mismatch", "You can't sign in to this app because it doesn't comply with Google's OAuth 2.0 policy.", 400)
                : SendAsync(context, "/v3/signin/identifier?continue=x");
        };
        (await AskAsync(Of(provider, "Google"))).Finds("providers", level, words);
    }

    [Theory]
    [InlineData("of the token endpoint", FindingLevel.Problem, "GitHub does not send anybody to http://localhost:")]
    [InlineData("sent back", FindingLevel.Problem, "GitHub does not send anybody to http://localhost:")]
    [InlineData("a page", FindingLevel.Warning, "GitHub answers 400 to browsers that set out to sign in there: it may not know our client id, or be meant to send nobody to http://localhost:")]
    public async Task CF_01_A_redirect_address_that_is_refused_in_another_way_is_told(string way, FindingLevel level, string words)
    {
        await using var provider = await ProviderDouble.StartAsync();
        const string Mismatch = "error=redirect_uri_mismatch&error_description=The+redirect_uri+MUST+match+the+registered+callback+URL+for+this+application.";
        provider.Faults[way == "of the token endpoint" ? "/token" : "/authorize"] = way switch
        {
            "sent back" => context => SendAsync(context, $"https://registered.example.test/?{Mismatch}&state=x"),
            "a page" => context => SayAsync(context, 400, "<html>Invalid parameter: redirect_uri</html>", "text/html"),
            _ => context => SayAsync(context, 200, """{"error":"redirect_uri_mismatch","error_description":"The redirect_uri MUST match the registered callback URL for this application."}"""),
        };
        (await AskAsync(Of(provider, "GitHub"))).Finds("providers", level, words);
    }

    [Theory]
    [InlineData("fails", "fails, redirects or shows a page"), InlineData("redirects", "fails, redirects or shows a page"), InlineData("nonsense", "is no token endpoint")]
    public async Task CF_01_A_token_endpoint_that_is_none_is_told(string way, string words)
    {
        await using var provider = await ProviderDouble.StartAsync();
        provider.Faults["/token"] = context => way switch
        {
            "fails" => SayAsync(context, 503, "{}"),
            "redirects" => SendAsync(context, "/elsewhere"),
            _ => SayAsync(context, 200, "access_token=x"),
        };
        (await AskAsync(Of(provider, "GitHub"))).Finds("providers", FindingLevel.Problem, words);
    }

    [Fact]
    public async Task CF_01_A_provider_that_accepts_and_never_answers_is_told()
    {
        await using var provider = await ProviderDouble.StartAsync();
        provider.Faults["/token"] = provider.Faults["/authorize"] = context => Task.Delay(Timeout.Infinite, context.RequestAborted);
        (await AskAsync(Of(provider, "GitHub"))).Finds("providers", FindingLevel.Problem, $"GitHub does not answer at {provider.Address}token within 9 seconds");
    }

    private async Task<IReadOnlyList<Finding>> AskAsync(Dictionary<string, string> settings) => await Doctor.AskAsync(
        await postgres.CreateDatabaseAsync(), [.. settings.Select(pair => (pair.Key, pair.Value)), ("Accounts:Social:RedirectUri", Page)]);

    private static Dictionary<string, string> Of(ProviderDouble provider, string name) =>
        provider.Settings.Where(setting => setting.Item1.StartsWith($"Accounts:Social:{name}:", StringComparison.Ordinal)).ToDictionary();

    private static Task SayAsync(HttpContext context, int status, string text, string type = "application/json")
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(text);
    }

    private static Task SendAsync(HttpContext context, string location)
    {
        context.Response.Redirect(location);
        return Task.CompletedTask;
    }

    /// <summary>Google's own form: a page of its own, and a message of protocol buffers with the word, the text and the status, in Base64.</summary>
    private static Task SendToGooglesErrorAsync(HttpContext context, string word, string text, int status)
    {
        byte[] message = [0x0A, (byte)word.Length, .. Encoding.ASCII.GetBytes(word), 0x12, (byte)text.Length, .. Encoding.ASCII.GetBytes(text), 0x20, (byte)(status & 0x7F | 0x80), (byte)(status >> 7)];
        return SendAsync(context, QueryHelpers.AddQueryString("https://accounts.google.com/signin/oauth/error", new Dictionary<string, string?>
        {
            ["authError"] = Convert.ToBase64String(message), ["client_id"] = context.Request.Query["client_id"], ["flowName"] = "GeneralOAuthFlow",
        }));
    }
}
