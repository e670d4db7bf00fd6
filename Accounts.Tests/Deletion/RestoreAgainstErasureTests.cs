using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Deletion;

/// <summary>An account is had back while it is erased, over two processes on one database: whole or not at all, whichever comes first.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "long")]
public sealed class RestoreAgainstErasureTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task LG_06_Of_having_it_back_and_erasing_it_at_once_one_wins()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var person = await DeletedAsync();
            var token = await nodes.Database.PlantErasureAsync(person);
            await nodes.Database.CloseWindowsAsync(person);
            var answers = await Task.WhenAll(
                Rounds.SoonAsync(() => nodes.WithAsync(client => client.ReturnAsync(person))), Rounds.SoonAsync(() => nodes.WithAsync(client => client.EraseAsync(token))));
            await AssertOneWonAsync(person, answers[0]);
            Assert.True(answers[0].Status == 200 ? answers[1].Status == 400 : answers[1].Status == 200, answers[1].ToString());
        });
    }

    /// <summary>Its time is over just now, and somebody else's early end wakes the worker.</summary>
    [Fact]
    public async Task LG_06_Of_having_it_back_and_the_end_of_its_time_at_once_one_wins()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var (person, other) = (await DeletedAsync(), await DeletedAsync());
            var token = await nodes.Database.PlantErasureAsync(other);
            await nodes.Database.CloseWindowsAsync(person);
            await nodes.Database.CloseWindowsAsync(other);
            await nodes.Database.ChangeAsync(person, "erase_after = clock_timestamp() + interval '6 milliseconds'");
            var answers = await Task.WhenAll(
                Rounds.SoonAsync(() => nodes.WithAsync(client => client.ReturnAsync(person))), Rounds.SoonAsync(() => nodes.WithAsync(client => client.EraseAsync(token))));
            Assert.Equal(200, answers[1].Status);
            if (answers[0].Status != 200)
            {
                // Too early for that wake, perhaps; no later one finds it alive.
                var last = await DeletedAsync();
                var wake = await nodes.Database.PlantErasureAsync(last);
                await nodes.Database.CloseWindowsAsync(last);
                Assert.Equal(200, (await nodes.WithAsync(client => client.EraseAsync(wake))).Status);
            }
            await AssertOneWonAsync(person, answers[0]);
        });
    }

    private async Task<Person> DeletedAsync()
    {
        var person = await nodes.RegisterAsync();
        using var client = nodes.Client();
        await client.SignInAsync(person);
        Assert.Equal(204, (await client.DeleteAccountAsync(person.Password)).Status);
        return person;
    }

    private async Task AssertOneWonAsync(Person person, Answer back)
    {
        if (back.Status == 200)
        {
            Assert.Equal(200, (await nodes.WithAsync(client => client.MeAsync(back.Access))).Status);
            Assert.Equal(1, await nodes.Database.UsersAsync(person.Email, "deleted_at IS NULL AND erase_after IS NULL"));
            Assert.Equal(200, (await nodes.WithAsync(client => client.LoginAsync(person))).Status);
            return;
        }
        Assert.True(back.Status is 401 or 403, back.ToString());
        await Until.TrueAsync(async () => await nodes.Database.UsersAsync(person.Email) == 0, "it is erased");
        Assert.Equal(0, await nodes.Database.CountAsync("email_verification_tokens", "email = @email", ("email", person.Email)));
        (await nodes.WithAsync(client => client.ReturnAsync(person))).AssertRefused(401, "invalid_credentials");
    }
}
