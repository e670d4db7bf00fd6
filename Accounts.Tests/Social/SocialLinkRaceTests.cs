using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>Several at once who finish one sign-in, or want one address.</summary>
[Trait("Pace", "long")]
public sealed class SocialLinkRaceTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private readonly TestServer server = shared.Server;
    private readonly ProviderDouble provider = shared.Provider;

    [Fact]
    public Task Confirms_at_once_with_one_ticket_make_one_account() => Rounds.RunAsync(2, async () =>
    {
        var (nameless, address) = (Identity.OfGoogle().Without("email"), Some.Email());
        using var visitor = server.Client();
        var ticket = await visitor.TicketAsync(provider, nameless);
        await visitor.CompleteAsync(ticket, address);
        var code = await server.ShownCodeAsync(address);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.ConfirmAsync(ticket, code)));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(400, "invalid_token"));
        Assert.Equal((1, 1), (await server.Database.UsersAsync(address), await server.Database.AccountsAsync(nameless)));
    });

    [Fact]
    public Task Of_two_identities_that_name_one_address_at_once_one_gets_it_and_the_other_is_asked_for_a_proof() => Rounds.RunAsync(2, async () =>
    {
        var address = Some.Email();
        var (one, other) = (server.Client(), server.Client());
        string[] tickets = [await one.TicketAsync(provider, Identity.OfGoogle().Without("email")), await other.TicketAsync(provider, Identity.OfGitHub().WithoutEmails())];
        await one.CompleteAsync(tickets[0], address);
        var code = await server.ShownCodeAsync(address);
        await other.CompleteAsync(tickets[1], address);
        var answers = await Task.WhenAll(one.ConfirmAsync(tickets[0], code), other.ConfirmAsync(tickets[1], await server.ShownCodeAsync(address, 2)));
        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        Assert.Equal(1, await server.Database.CountAsync("social_accounts a JOIN users u ON u.id = a.user_id", $"u.email = '{address}'"));
        one.Dispose();
        other.Dispose();
    });

    [Fact]
    public Task Links_by_one_mailed_code_at_once_connect_once() => Rounds.RunAsync(2, async () =>
    {
        using var visitor = server.Client();
        var (known, identity) = (Identity.OfGoogle(), Identity.OfGitHub().WithoutEmails());
        Assert.Equal(200, (await visitor.SignInAsync(provider, known)).Status);
        var token = await server.LinkTokenAsync(visitor, provider, identity, known.Email, 1);
        await visitor.AskLinkCodeAsync(new { link_token = token });
        var code = LinkSteps.LinkCodeOf(await server.Mailbox.WaitAsync(known.Email, 2));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => visitor.LinkAsync(new { link_token = token, code })));
        Assert.Single(answers, answer => answer.Status == 200);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(400, "invalid_token"));
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    });
}
