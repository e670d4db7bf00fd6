using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>An invitation is used, taken back, replaced and promised upon at the same moment, on two nodes.</summary>
[Trait("Pace", "long")]
public sealed class InvitationRaceTests(Postgres postgres) : IAsyncLifetime
{
    private const int Users = 8;

    private TestServer server = null!, other = null!;
    private ApiClient admin = null!, elsewhere = null!;
    private Person administrator = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        other = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:Registration:Open", "false"), ("Accounts:Mail:MailboxFolder", server.MailboxFolder));
        (admin, elsewhere) = (server.Client(), other.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        await elsewhere.SignInAsync(administrator);
    }

    public async ValueTask DisposeAsync()
    {
        admin.Dispose();
        elsewhere.Dispose();
        await other.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task One_invitation_that_is_used_many_times_at_once_makes_one_account()
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            var person = Some.Person();
            var (_, token) = await server.Database.PlantInvitationAsync(person.Email, administrator, "editor");
            var answers = await AtOnceAsync(Users, client => client.AcceptAsync(Some.Person() with { Email = person.Email }, token));
            Assert.Equal(1, answers.Count(answer => answer.Status == 201));
            Assert.All(answers.Where(answer => answer.Status != 201), answer => answer.AssertBody(400, InvitationSteps.Dead));
            Assert.Equal((1, 1), (await server.Database.UsersAsync(person.Email, "roles = '{editor}'"), await server.Database.EventsAsync(person, "invitation_accepted")));
        }
    }

    [Fact]
    public async Task A_thief_who_uses_an_invitation_while_it_is_withdrawn_has_it_or_the_administrator_does()
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            var person = Some.Person();
            var (id, token) = await server.Database.PlantInvitationAsync(person.Email, administrator, "admin");
            var accepting = AtOnceAsync(2, client => client.AcceptAsync(Some.Person() with { Email = person.Email }, token));
            var withdrawn = (await Rounds.SoonAsync(() => admin.DeleteAsync($"{InvitationSteps.Invitations}{id}/"))).Status;
            var accepted = (await accepting).Count(answer => answer.Status == 201);
            Assert.Contains((withdrawn, accepted), new[] { (204, 0), (404, 1) });
            Assert.Equal(accepted, await server.Database.UsersAsync(person.Email, "roles = '{admin}'"));
            Assert.Equal(0, await server.Database.CountAsync("invitations"));
            Assert.Equal(1 - accepted, await server.Database.CountAsync("security_events", "kind = 'invitation_withdrawn' AND after->>'invitation' = @id", ("id", $"{id}")));
        }
    }

    [Fact]
    public async Task A_thief_who_uses_an_invitation_while_it_is_replaced_has_the_account_or_nothing()
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            var person = Some.Person();
            var (_, token) = await server.Database.PlantInvitationAsync(person.Email, administrator, "admin");
            var accepting = AtOnceAsync(2, client => client.AcceptAsync(Some.Person() with { Email = person.Email }, token));
            var invited = (await Rounds.SoonAsync(() => admin.InviteAsync(person.Email, "editor"))).Status;
            var accepted = (await accepting).Count(answer => answer.Status == 201);
            Assert.Contains((invited, accepted), new[] { (201, 0), (400, 1) });
            Assert.Equal((accepted, 1 - accepted), (await server.Database.UsersAsync(person.Email, "roles = '{admin}'"), await server.Database.CountAsync("invitations", "email = @email", ("email", person.Email))));
        }
    }

    [Fact]
    public async Task Two_invitations_to_one_address_at_once_leave_one_whose_link_is_the_one_that_works()
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            var person = Some.Person();
            var answers = await Task.WhenAll(admin.InviteAsync(person.Email, "editor"), elsewhere.InviteAsync(person.Email, "author"));
            Assert.All(answers, answer => Assert.Equal(201, answer.Status));
            var left = await server.Database.ScalarAsync<Guid>("SELECT id FROM invitations WHERE email = @email", ("email", person.Email));
            Assert.Single(answers, answer => answer.Json.GetProperty("id").GetGuid() == left);
        }
    }

    /// <summary>The inviter is demoted, and the transaction that does so is about to commit.</summary>
    [Fact]
    public async Task RO_06_An_administrator_who_is_unmade_while_their_invitation_is_accepted_makes_none()
    {
        var person = Some.Person();
        var (_, token) = await server.Database.PlantInvitationAsync(person.Email, administrator, "admin");
        using var client = other.Client();
        Task<Answer> accepting;
        await using (var demotion = await HeldTransaction.BeginAsync(server.Database))
        {
            await demotion.ExecuteAsync("SELECT pg_advisory_xact_lock(@key)", ("key", (long)Core.Data.AdvisoryLock.Administrators));
            await demotion.ExecuteAsync("UPDATE users SET roles = '{}' WHERE email = @email", ("email", administrator.Email));
            accepting = client.AcceptAsync(person, token);
            await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 1, "it waits for who is unmade");
            await demotion.CommitAsync();
        }
        (await accepting).AssertBody(201, InvitationSteps.Accepted);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "email_verified AND roles = '{}'"));
        Assert.Equal(0, await server.Database.CountAsync("users", "roles <> '{}'"));
    }

    [Fact]
    public async Task A_name_that_somebody_takes_at_the_same_moment_leaves_the_invitation_good()
    {
        var (person, squatter) = (Some.Person(), Some.Person());
        var (_, token) = await server.Database.PlantInvitationAsync(person.Email, administrator);
        var answers = await Task.WhenAll(AcceptAsync(person with { Username = squatter.Username }, token), RegisterAsync(squatter));
        Assert.Equal(1, answers.Count(answer => answer.Status == 201));
        Assert.Equal(answers[0].Status == 201 ? 0 : 1, await server.Database.CountAsync("invitations"));
        if (answers[0].Status != 201)
        {
            answers[0].AssertBody(400, """{"username":["A user with that username already exists."]}""");
            (await AcceptAsync(person, token)).AssertBody(201, InvitationSteps.Accepted);
        }
    }

    private async Task<Answer> AcceptAsync(Person person, string token)
    {
        using var client = other.Client();
        return await client.AcceptAsync(person, token);
    }

    private async Task<Answer> RegisterAsync(Person person)
    {
        using var client = server.Client();
        return await client.RegisterAsync(person);
    }

    private Task<Answer[]> AtOnceAsync(int count, Func<ApiClient, Task<Answer>> act) => Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
    {
        using var client = (i % 2 == 0 ? server : other).Client();
        return await Rounds.SoonAsync(() => act(client));
    }));
}
