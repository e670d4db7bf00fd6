using Accounts.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The steps of signing in at the fake provider, whose people are always the same.</summary>
internal static class FakeSteps
{
    public static async Task<Answer> SignInAtFakeAsync(this ApiClient client, string person)
    {
        var begun = await client.PostAsync("/api/auth/social/fake/begin/");
        Assert.True(begun.Status == 200, begun.ToString());
        var chosen = await client.GetAsync($"{begun["authorization_url"]!.Replace("/dev/provider", "/dev/provider/choose", StringComparison.Ordinal)}&person={person}");
        var query = QueryHelpers.ParseQuery(new Uri(chosen.Header("Location")!).Query);
        return await client.PostAsync("/api/auth/social/fake/", new { code = query["code"].ToString(), state = query["state"].ToString() });
    }
}
