using Accounts.Tests.Support;
using Xunit;
using TwoNodes = Accounts.Tests.Sessions.TwoNodes;

namespace Accounts.Tests.Profile;

/// <summary>Users who want the same name at once, over two processes on one database.</summary>
[Collection(typeof(TwoNodes))]
[Trait("Pace", "long")]
public sealed class ProfileRaceTests(TwoNodes fixture)
{
    private readonly Nodes nodes = fixture.Nodes;

    [Fact]
    public async Task RE_04_Of_users_who_want_one_name_at_once_one_gets_it_and_the_others_are_told()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var name = Some.Username();
            var people = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => nodes.RegisterAsync()));
            var sessions = await Task.WhenAll(people.Select(nodes.SignInAsync));
            var signUp = RegisterAsync(Some.Person() with { Username = name.ToUpperInvariant() });
            var answers = await Task.WhenAll(sessions.Select(session => RenameAsync(session.Access, name)));
            var registered = await signUp;
            Assert.Equal(1, answers.Count(answer => answer.Status == 200) + (registered.Status == 201 ? 1 : 0));
            Assert.All(answers.Append(registered).Where(answer => answer.Status >= 300),
                answer => answer.AssertBody(400, """{"username":["A user with that username already exists."]}"""));
            Assert.Equal(1, await nodes.Database.CountAsync("users", "username_key = @name", ("name", name)));
        });
    }

    [Fact]
    public async Task RE_07_Of_names_that_look_alike_at_once_one_is_given()
    {
        await Rounds.RunAsync(atOnce: 2, async () =>
        {
            var name = $"paypal{Some.Username()}";
            var session = await nodes.SignInAsync(await nodes.RegisterAsync());
            var renamed = RenameAsync(session.Access, name);
            var answers = await Task.WhenAll(new[] { $"paypaI{name[6..]}", $"paypa1{name[6..]}" }.Select(alike => RegisterAsync(Some.Person() with { Username = alike })).Append(renamed));
            Assert.Single(answers, answer => answer.Status < 300);
            Assert.All(answers.Where(answer => answer.Status >= 300),
                answer => answer.AssertBody(400, """{"username":["A user with a username that looks like this one already exists."]}"""));
        });
    }

    private async Task<Answer> RenameAsync(string access, string name)
    {
        using var client = nodes.Client();
        client.Access = access;
        return await client.PatchMeAsync(new { username = name });
    }

    private async Task<Answer> RegisterAsync(Person person)
    {
        using var client = nodes.Client();
        return await client.RegisterAsync(person);
    }
}
