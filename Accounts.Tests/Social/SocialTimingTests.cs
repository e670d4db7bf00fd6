using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Whether an address is known must not show in the time of an answer.</summary>
[Collection(typeof(Alone)), Trait("Pace", "long")]
public sealed class SocialTimingTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const int Requests = 40;

    [Fact]
    public async Task SG_11_Naming_an_address_takes_as_long_whether_somebody_has_it()
    {
        using var client = shared.Server.Client();
        var person = await client.RegisterSomebodyAsync();
        var ticket = await client.TicketAsync(shared.Provider, Identity.OfGoogle().Without("email"));
        await AlikeTimes.AssertAsync(
            Requests, async () => Assert.Equal(200, (await client.CompleteAsync(ticket, person.Email)).Status),
            async () => Assert.Equal(200, (await client.CompleteAsync(ticket, Some.Email())).Status));
    }
}
