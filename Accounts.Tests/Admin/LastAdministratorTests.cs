using Accounts.Tests.Deletion;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>There is always somebody who administers.</summary>
[Trait("Pace", "long")]
public sealed class LastAdministratorTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient one = null!, other = null!;
    private Person first = null!, second = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres, ("Accounts:Throttling:Enabled", "false"));
        (one, other) = (server.Client(), server.Client());
        (first, second) = (await server.SignInAdministratorAsync(one), await server.SignInAdministratorAsync(other));
    }

    public async ValueTask DisposeAsync()
    {
        one.Dispose();
        other.Dispose();
        await server.DisposeAsync();
    }

    public static TheoryData<string> Ends => ["demote", "deactivate", "suspend", "delete", "leave"];

    [Theory, MemberData(nameof(Ends))]
    public async Task RO_06_The_last_administrator_stays_whatever_would_end_them(string end)
    {
        await server.Database.ChangeAsync(second, "roles = '{}'");
        (await EndAsync(one, first, end)).AssertRefused(409, AdminSteps.Last);
        Assert.Equal(1, await AdministratorsAsync());
        Assert.Equal(1, await server.Database.UsersAsync(first.Email, "deleted_at IS NULL AND is_active AND roles = '{admin}'"));
        Assert.Equal(200, (await one.GetAsync(AdminSteps.Users)).Status);
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template IN ('account_removed', 'account_deleted')"));
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task RO_06_Of_two_administrators_one_may_go_by_any_way(string end)
    {
        Assert.InRange((await EndAsync(one, first, end)).Status, 200, 204);
        Assert.Equal(1, await AdministratorsAsync());
    }

    [Theory]
    [InlineData("is_active = false"), InlineData("deleted_at = now(), erase_after = now() + interval '9 days'"), InlineData("frozen_until = now() + interval '1 day'"), InlineData("email_verified = false")]
    public async Task RO_06_Who_cannot_act_does_not_count(string assignment)
    {
        await server.Database.ChangeAsync(second, assignment);
        (await EndAsync(one, first, "demote")).AssertRefused(409, AdminSteps.Last);
        Assert.Equal(1, await AdministratorsAsync());
    }

    [Fact]
    public async Task RO_06_Who_is_suspended_counts_again_when_it_is_over()
    {
        await server.Database.ChangeAsync(second, "is_active = false, suspended_until = now() - interval '1 second'");
        Assert.Equal(200, (await EndAsync(one, first, "demote")).Status);
        Assert.Equal(1, await AdministratorsAsync());
    }

    /// <summary>Another's hand may be on it: a stopped account is worth more than one that is served. It has an end, and a way back.</summary>
    [Fact]
    public async Task RO_06_The_last_administrator_can_still_be_frozen_by_the_link_of_a_mail_and_comes_back_as_one()
    {
        await server.Database.ChangeAsync(second, "roles = '{}'");
        await one.StealAsync(first, Some.OtherPassword);
        using var owner = server.Client();
        Assert.Equal(200, (await owner.FreezeAsync(await server.RecoveryTokenAsync(first.Email, RecoverySteps.Changed))).Status);
        Assert.Equal(0, await AdministratorsAsync());
        Assert.Equal(200, (await owner.RecoverAsync(await server.RecoveryTokenAsync(first.Email, RecoverySteps.Frozen), "an-other-horse-77")).Status);
        Assert.Equal(1, await AdministratorsAsync());
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task RO_06_Scenario_31_Two_administrators_who_end_each_other_at_once_leave_one(string end)
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            foreach (var (client, person) in new[] { (one, first), (other, second) })
            {
                await server.Database.ChangeAsync(person, "roles = '{admin}', is_active = true, suspended_until = NULL, deleted_at = NULL, erase_after = NULL");
                await client.SignInAsync(person);
            }
            var answers = end == "leave"
                ? await Task.WhenAll(EndAsync(one, first, end), EndAsync(other, second, end))
                : await Task.WhenAll(EndAsync(one, second, end), EndAsync(other, first, end));
            Assert.True(await AdministratorsAsync() == 1, $"round {round}: {string.Join(", ", answers.Select(answer => answer.ToString()))}");
            Assert.Single(answers, answer => answer.Status is 200 or 204);
        }
    }

    private async Task<Answer> EndAsync(ApiClient client, Person person, string end)
    {
        var address = await server.Database.AddressAsync(person);
        return end switch
        {
            "demote" => await client.PutRolesAsync(address),
            "deactivate" => await client.PostAsync($"{address}deactivate/"),
            "suspend" => await client.PostAsync($"{address}deactivate/", new { until = DateTime.UtcNow.AddDays(1) }),
            "delete" => await client.DeleteAsync(address),
            _ => await client.DeleteAccountAsync(Some.Password),
        };
    }

    private Task<long> AdministratorsAsync() => server.Database.CountAsync(
        "users", "'admin' = ANY (roles) AND email_verified AND (is_active OR suspended_until <= now()) AND deleted_at IS NULL AND (frozen_until IS NULL OR frozen_until <= now())");
}
