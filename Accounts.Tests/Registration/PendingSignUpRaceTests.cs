using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>Sign-ups that wait, confirmed at the same moment.</summary>
[Trait("Pace", "long")]
public sealed class PendingSignUpRaceTests(PendingSignUpTests.Hiding shared) : IClassFixture<PendingSignUpTests.Hiding>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task SG_19_one_link_followed_eight_times_at_once_makes_one_user()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            using var client = server.Client();
            var (person, token) = await server.RegisterSomebodyAsync(client);
            Assert.All(await AtOnceAsync(8, _ => client.VerifyAsync(token)), answer => answer.AssertBody(200, """{"message":"Email verified"}"""));
            Assert.Equal((1, 1), (await server.Database.EventsAsync(person, "registered"), await server.Database.EventsAsync(person, "email_verified")));
        });
    }

    [Fact]
    public async Task SG_19_two_sign_ups_of_one_address_confirmed_at_once_make_one_user()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            using var one = server.Client();
            using var other = server.Client();
            var (person, first) = await server.RegisterSomebodyAsync(one);
            var rival = person with { Username = Some.Username(), Password = Some.OtherPassword };
            Assert.Equal(201, (await other.RegisterAsync(rival)).Status);
            var second = await server.Mailbox.TokenAsync(person.Email, 2);
            var answers = await AtOnceAsync(8, i => i % 2 == 0 ? one.VerifyAsync(first) : other.VerifyAsync(second));
            Assert.All(answers, answer => Assert.True(answer.Status is 200 or 400, answer.ToString()));
            Assert.Contains(answers, answer => answer.Status == 200);
            Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified"));
            int[] signedIn = [(await one.LoginAsync(person)).Status, (await other.LoginAsync(rival)).Status];
            Assert.Equal([200, 401], signedIn.Order());
            Assert.Equal(0, await server.Database.CountAsync("pending_sign_ups", "email = @email", ("email", person.Email)));
        });
    }

    [Fact]
    public async Task SG_19_two_sign_ups_of_one_name_confirmed_at_once_make_one_user_and_leave_the_others_token_good()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            ApiClient[] clients = [server.Client(), server.Client()];
            var name = Some.Username();
            Person[] people = [new(name, Some.Email(), Some.Password), new(name, Some.Email(), Some.Password)];
            Assert.All(await AtOnceAsync(2, i => clients[i].RegisterAsync(people[i])), answer => Assert.Equal(201, answer.Status));
            string[] tokens = [await server.Mailbox.TokenAsync(people[0].Email), await server.Mailbox.TokenAsync(people[1].Email)];
            var answers = await AtOnceAsync(2, i => clients[i].VerifyAsync(tokens[i]));
            Assert.Equal([200, 400], answers.Select(answer => answer.Status).Order());
            var late = Array.FindIndex(answers, answer => answer.Status == 400);
            answers[late].AssertBody(400, PendingSignUpTests.Taken);
            Assert.Equal(200, (await clients[late].PostAsync("/api/auth/verify-email/", new { token = tokens[late], username = Some.Username() })).Status);
            Array.ForEach(clients, client => client.Dispose());
        });
    }

    [Fact]
    public async Task SG_19_Confirming_rejecting_and_asking_again_at_once_make_a_user_or_none_and_fail_nowhere()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            using var own = server.Client();
            using var elsewhere = server.Client();
            var (person, token) = await server.RegisterSomebodyAsync(own);
            var chosen = new { token, username = Some.Username(), password = Some.OtherPassword };
            var answers = await AtOnceAsync(12, i => (i % 6) switch
            {
                0 or 1 => own.VerifyAsync(token),
                2 => elsewhere.PostAsync("/api/auth/verify-email/", chosen),
                3 => elsewhere.RejectAsync(token),
                4 => own.ResendAsync(person.Email),
                _ => elsewhere.RegisterAsync(person),
            });
            Assert.All(answers, answer => Assert.True(answer.Status is 200 or 201 or 400, answer.ToString()));
            var users = await server.Database.UsersAsync(person.Email, "email_verified");
            Assert.Equal(users == 1, answers.Where((_, i) => i % 6 is 0 or 1 or 2).Any(answer => answer.Status == 200));
            Assert.NotEqual(users == 1, answers.Where((_, i) => i % 6 == 3).Any(answer => answer.Status == 200));
        });
    }

    private static Task<Answer[]> AtOnceAsync(int count, Func<int, Task<Answer>> request) => Task.WhenAll(Enumerable.Range(0, count).Select(request));
}
