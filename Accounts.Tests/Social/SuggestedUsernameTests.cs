using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The username of somebody whom a provider brings: as they write their name.</summary>
public sealed class SuggestedUsernameTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Theory]
    [InlineData("राजेन्द्र कुमार", "राजेन्द्रकुमार")]
    [InlineData("สมชาย ประเสริฐ", "สมชายประเสริฐ")]
    [InlineData("ကြွေး မောင်", "ကြွေးမောင်")]
    [InlineData("தமிழ்ச்செல்வி", "தமிழ்ச்செல்வி")]
    [InlineData("דָּוִד", "דָּוִד")]
    [InlineData("José Ñandú", "joséÑandú")]
    [InlineData("Jose\u0301", "josé")]
    [InlineData("\u0301\u093eराम", "राम")]
    [InlineData("a\u0301\u0336\u0336b\u093e", "áb")]
    [InlineData("क\u200dष\u202e", "कष")]
    [InlineData("का\u093e\u093e\u093e\u093e\u093eम", "का\u093e\u093e\u093eम")]
    public async Task A_name_keeps_its_vowel_signs(string name, string username)
    {
        // One server for all of them, and a name may be taken by the one before.
        using var client = server.Client();
        var answer = await client.SignInAsync(provider, Identity.OfGoogle().With("given_name", name).Without("family_name"));
        Assert.Equal(200, answer.Status);
        Assert.Equal(username.Normalize(), answer.Json.GetProperty("user").GetProperty("username").GetString());
    }

    [Fact]
    public async Task A_long_name_is_cut_between_characters()
    {
        using var client = server.Client();
        var answer = await client.SignInAsync(provider, Identity.OfGoogle().With("given_name", string.Concat(Enumerable.Repeat("कि", 40))).Without("family_name"));
        Assert.Equal(string.Concat(Enumerable.Repeat("कि", 15)), answer.Json.GetProperty("user").GetProperty("username").GetString());
    }
}
