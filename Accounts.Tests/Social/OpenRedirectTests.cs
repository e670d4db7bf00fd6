using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Addresses that pages and callbacks are asked to lead to: none but that of the start does, and that by the list.</summary>
public sealed class OpenRedirectTests(SocialAddressTests.Configured shared) : IClassFixture<SocialAddressTests.Configured>
{
    private const string Default = "https://front.example.test/app";

    private static readonly string[] Names = ["next", "return_to", "redirect_uri", "redirect", "url", "continue", "state"];

    private static readonly string[] Pages =
        ["/verify-email", "/reset-password", "/forgot-password", "/confirm-email", "/erase", "/security", "/recover-account", "/address", "/end-session", "/api/auth/verify-email/", "/api/auth/social/"];

    private readonly ProviderDouble provider = shared.Provider;
    private readonly TestServer server = shared.Server;

    public static TheoryData<string> Corpus => SocialAddressTests.Corpus;

    [Theory, MemberData(nameof(Corpus))]
    public async Task SO_04_Scenario_28_A_callback_leads_where_the_start_said_whatever_is_added_to_it(string next)
    {
        using var client = server.Client();
        var callback = await client.LeaveAsync(provider, Identity.OfGoogle());
        var answer = await client.GetAsync($"{callback}&next={Uri.EscapeDataString(next)}&return_to={Uri.EscapeDataString(next)}", ("Sec-Fetch-Mode", "navigate"));
        Assert.True(answer.Status == 303 && answer.Header("Location")!.TrimEnd('/') == Default, $"{answer.Status} {answer.Header("Location")}");
        var refused = await client.GetAsync($"/api/auth/social/google/callback/?code=x&state=y&next={Uri.EscapeDataString(next)}", ("Sec-Fetch-Mode", "navigate"));
        Assert.True(refused.Header("Location") is null || refused.Header("Location")!.StartsWith(Default, StringComparison.Ordinal), refused.Header("Location"));
    }

    [Theory, MemberData(nameof(Corpus))]
    public async Task SO_04_Scenario_28_No_page_confirmation_or_sign_out_leads_anywhere(string next)
    {
        using var client = server.Client();
        var query = string.Join('&', Names.Select(name => $"{name}={Uri.EscapeDataString(next)}"));
        foreach (var page in Pages)
        {
            AssertStays(await client.GetAsync($"{page}?{query}", ("Accept", "text/html"), ("Sec-Fetch-Mode", "navigate")), page, next);
        }
        foreach (var act in new[] { "verify-email", "logout", "login", "password/reset/confirm", "email/change/confirm", "security/freeze", "me/erase" })
        {
            AssertStays(await client.PostAsync($"/api/auth/{act}/?{query}", new { token = "x", next, return_to = next }), act, next);
        }
    }

    private static void AssertStays(Answer answer, string place, string next)
    {
        Assert.True(answer.Header("Location") is null && answer.Header("Refresh") is null && answer.Status is not (301 or 302 or 303 or 307 or 308), $"{place}: {answer.Status}");
        Assert.False(next.Contains("evil", StringComparison.Ordinal) && answer.Text.Contains(next, StringComparison.Ordinal), place);
    }
}
