using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.EmailChange;

/// <summary>A change of address against what would come first, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "long")]
public sealed class EmailChangeRaceTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task EV_05_Of_users_who_want_one_address_at_once_one_gets_it()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var email = Some.Email();
            var people = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => nodes.RegisterAsync()));
            var tokens = await Task.WhenAll(people.Select(person => nodes.Database.PlantChangeAsync(person, email)));
            var changes = Task.WhenAll(tokens.Select(token => WithAsync(client => client.ConfirmChangeAsync(token))));
            var signUp = await WithAsync(client => client.RegisterAsync(Some.Person() with { Email = email.ToUpperInvariant() }));
            var answers = await changes;
            Assert.Single(answers.Append(signUp), answer => answer.Status < 300);
            Assert.All(answers.Where(answer => answer.Status >= 300), answer => answer.AssertRefused(409, "email_taken"));
            Assert.Equal(1, await nodes.Database.CountAsync("users", "email_key = @email", ("email", email)));
        });
    }

    [Fact]
    public async Task EV_05_Of_eight_posts_of_one_token_at_once_one_changes_the_address()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await nodes.RegisterAsync();
            await nodes.Database.ChangeAsync(person, "email_verified = true, verified_by = 'code', verified_at = now()");
            var token = await nodes.Database.PlantChangeAsync(person, Some.Email());
            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => WithAsync(client => client.ConfirmChangeAsync(token))));
            Assert.Single(answers, answer => answer.Status == 200);
            Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(400, "invalid_token"));
            Assert.Equal(1, await nodes.Database.CountAsync("outbox_messages", "template = 'address_changed' AND recipient = @to", ("to", person.Email)));
        });
    }

    private Task<Answer> WithAsync(Func<ApiClient, Task<Answer>> act) => nodes.WithAsync(act);
}
