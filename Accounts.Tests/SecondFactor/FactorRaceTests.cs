using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>One code, brought many times at once to two nodes on one database.</summary>
[Trait("Pace", "slow")]
public sealed class FactorRaceTests(Postgres postgres) : IAsyncLifetime
{
    private const int AtOnce = 16;

    /// <summary>Tokens of the one are good at the other.</summary>
    private static readonly (string, string) Name = ("Accounts:PublicUrl", "http://localhost:8000");

    private TestServer one = null!, other = null!;

    public async ValueTask InitializeAsync()
    {
        one = await TestServer.StartAsync(postgres, Name);
        other = await TestServer.StartOnAsync(one.Database.ConnectionString, Name);
    }

    public async ValueTask DisposeAsync()
    {
        await other.DisposeAsync();
        await one.DisposeAsync();
    }

    [Fact]
    public Task MF_02_Scenario_32_Of_sixteen_that_bring_one_code_at_once_one_has_it() => Rounds.RunAsync(atOnce: 2, async () =>
    {
        using var client = one.Client();
        var person = await one.SignInProvedAsync(client);
        await AssertOneHasItAsync(person, FactorSteps.CodeOf((await client.EnrolAsync()).Secret, 1));
        Assert.Equal(1, await one.Database.TotpFactorsAsync(person, "last_used_at IS NOT NULL"));
    });

    [Fact]
    public Task MF_05_Scenario_32_Of_sixteen_that_bring_one_recovery_code_at_once_one_has_it() => Rounds.RunAsync(atOnce: 2, async () =>
    {
        using var client = one.Client();
        var person = await one.SignInProvedAsync(client);
        await AssertOneHasItAsync(person, (await client.EnrolAsync()).RecoveryCodes[7]);
        Assert.Equal(1, await one.Database.RecoveryCodesAsync(person, "used_at IS NOT NULL"));
    });

    [Fact]
    public Task MF_02_Of_sixteen_that_confirm_one_app_at_once_one_does() => Rounds.RunAsync(atOnce: 2, async () =>
    {
        using var client = one.Client();
        var person = await one.SignInProvedAsync(client);
        var code = FactorSteps.CodeOf((await client.BeginTotpAsync())["secret"]!);
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => AtAsync(i, client.Access!, browser => browser.ConfirmTotpAsync(code))));
        Assert.Equal(10, Assert.Single(answers, answer => answer.Status == 200).Codes().Length);
        Assert.All(answers.Where(answer => answer.Status != 200), answer => answer.AssertRefused(400, "enrolment_expired"));
        Assert.Equal((1, 10), (await one.Database.TotpFactorsAsync(person), await one.Database.RecoveryCodesAsync(person)));
        Assert.Equal((1, 1), (await one.Database.HasAppAsync(person), await one.Database.EventsAsync(person, "factor_added")));
    });

    [Fact]
    public Task MF_07_Of_two_that_remove_the_last_factors_at_once_the_word_and_the_codes_go_with_the_second() => Rounds.RunAsync(atOnce: 2, async () =>
    {
        using var client = one.Client();
        var person = await one.SignInProvedAsync(client);
        await client.EnrolAsync();
        one.HasProved(client);
        await client.EnrolAsync();
        string[] ids = [await client.FactorIdAsync(), await client.FactorIdAsync(1)];
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => AtAsync(i, client.Access!, browser => browser.RemoveFactorAsync(ids[i / 2]))));
        Assert.Equal([204, 204, 404, 404], answers.Select(answer => answer.Status).Order());
        Assert.Equal((0, 0), (await one.Database.TotpFactorsAsync(person), await one.Database.RecoveryCodesAsync(person)));
        Assert.Equal(1, await one.Database.UsersAsync(person.Email, "ways = '{password}'"));
        Assert.Equal(2, await one.Database.EventsAsync(person, "factor_removed"));
    });

    [Fact]
    public Task MF_05_Of_many_new_sets_that_are_made_at_once_one_is_left_whole() => Rounds.RunAsync(atOnce: 2, async () =>
    {
        using var client = one.Client();
        var person = await one.SignInProvedAsync(client);
        await client.EnrolAsync();
        one.HasProved(client);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => AtAsync(i, client.Access!, browser => browser.PostAsync(FactorSteps.RecoveryCodes))));
        Assert.All(answers, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.Equal(10, await one.Database.RecoveryCodesAsync(person));
        var good = new List<Answer>();
        foreach (var answer in answers)
        {
            if (await one.TryCodeAsync(person, answer.Codes()[0]) is not null)
            {
                good.Add(answer);
            }
        }
        Assert.NotNull(await other.TryCodeAsync(person, Assert.Single(good).Codes()[9]));
    });

    private async Task AssertOneHasItAsync(Person person, string code)
    {
        var tries = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => (i % 2 == 0 ? one : other).TryCodeAsync(person, code)));
        Assert.Equal(["otp"], Assert.Single(tries, methods => methods is not null)!);
    }

    private async Task<Answer> AtAsync(int number, string access, Func<ApiClient, Task<Answer>> act)
    {
        using var browser = (number % 2 == 0 ? one : other).Client();
        browser.Access = access;
        return await act(browser);
    }
}
