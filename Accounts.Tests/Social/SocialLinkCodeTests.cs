using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Whose mails a code that connects uses up.</summary>
[Trait("Pace", "long")]
public sealed class SocialLinkCodeTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public async Task RL_02_Whoever_uses_up_the_mails_of_an_address_does_not_use_up_its_owners_code()
    {
        await using var limited = await shared.StartAnotherAsync(("Accounts:Throttling:Enabled", "true"));
        using var owner = limited.Client();
        using var stranger = limited.Client();
        var person = await limited.SignInVerifiedAsync(owner);
        // A known device of somebody else's.
        await limited.SignInVerifiedAsync(stranger);
        await AskAsync(stranger, person);
        await AskAsync(stranger, person);
        Assert.Equal(2, await MailsAsync(limited, person));
        var token = await AskAsync(owner, person);
        Assert.Equal(3, await MailsAsync(limited, person));
        await owner.AskLinkCodeAsync(new { link_token = token });
        Assert.Equal(3, await MailsAsync(limited, person));
        var code = LinkSteps.LinkCodeOf(await limited.Mailbox.WaitAsync(person.Email, 3));
        Assert.Equal(200, (await owner.LinkAsync(new { link_token = token, code })).Status);
    }

    private async Task<string> AskAsync(ApiClient client, Person person)
    {
        var token = (await client.SignInAsync(provider, Identity.OfGoogle(person.Email)))["link_token"]!;
        Assert.Equal(200, (await client.AskLinkCodeAsync(new { link_token = token })).Status);
        return token;
    }

    private static Task<long> MailsAsync(TestServer server, Person person) => server.Database.CountAsync("outbox_messages", "recipient = @to", ("to", person.Email));
}
