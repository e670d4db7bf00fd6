using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Who signs in through somebody else alone has a deleted account back there, from our own page.</summary>
public sealed class RestoringTripTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    private async Task<Identity> DeletedAsync(ApiClient client)
    {
        var identity = Identity.OfGoogle();
        Assert.Equal(303, (await client.GetAsync(await client.LeaveAsync(provider, identity))).Status);
        await server.Database.ChangeAsync(new Person("", identity.Email, ""), "deleted_at = now(), erase_after = now() + interval '14 days', sessions_epoch = sessions_epoch + 1");
        client.Cookies.Clear();
        return identity;
    }

    private async Task<Answer> TripAsync(ApiClient client, Identity identity, params (string, string)[] headers)
    {
        var away = await client.GetAsync($"/api/auth/social/{identity.Provider}/login/?restore=true", headers);
        var (code, state) = provider.Authorize(away.Header("Location")!, identity);
        return await client.GetAsync($"/api/auth/social/{identity.Provider}/callback/?code={code}&state={state}");
    }

    [Fact]
    public async Task A_trip_from_our_own_page_has_the_account_back()
    {
        using var client = server.Client();
        var identity = await DeletedAsync(client);
        var refused = await client.GetAsync(await client.LeaveAsync(provider, identity));
        Assert.Equal($"{server.Address}?error=account_deleted", refused.Header("Location"));
        var back = await TripAsync(client, identity, ("Sec-Fetch-Site", "same-origin"));
        Assert.Equal((303, $"{server.Address}"), (back.Status, back.Header("Location")));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, "u.deleted_at IS NULL AND u.erase_after IS NULL"));
    }

    [Theory]
    [InlineData("cross-site"), InlineData("same-site"), InlineData("none"), InlineData(null)]
    public async Task CC_05_A_link_from_elsewhere_has_nothing_back(string? site)
    {
        using var client = server.Client();
        var identity = await DeletedAsync(client);
        var back = await TripAsync(client, identity, site is null ? [] : [("Sec-Fetch-Site", site)]);
        Assert.Equal($"{server.Address}?error=account_deleted", back.Header("Location"));
        Assert.Null(client.RefreshCookie);
        Assert.Equal(1, await server.Database.AccountsAsync(identity, "u.deleted_at IS NOT NULL"));
    }
}
