using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.Secrets;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>Codes of authenticator apps, where one is asked for.</summary>
[Trait("Pace", "long")]
public sealed class FactorCodeTests(Postgres postgres) : IAsyncLifetime
{
    private const string NextKey = "the key that comes next: 0123456789 abcdefghij";

    private TestServer server = null!;
    private ApiClient client = null!;
    private Person person = null!;
    private string secret = "";

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        client = server.Client();
        person = await server.SignInVerifiedAsync(client);
        secret = (await client.EnrolAsync()).Secret;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task MF_02_Scenario_32_A_code_works_once_and_the_one_that_confirmed_the_app_never_again()
    {
        await InAStepAsync();
        var used = FactorSteps.CodeOf(secret);
        if (await server.Database.TotpFactorsAsync(person, $"last_step = {TimeCode.StepAt(DateTimeOffset.UtcNow)}") == 1)
        {
            Assert.Null(await server.TryCodeAsync(person, used));
        }
        var next = FactorSteps.CodeOf(secret, 1);
        Assert.Equal(["otp"], (await server.TryCodeAsync(person, $"{next[..3]} {next[3..]}"))!);
        Assert.Null(await server.TryCodeAsync(person, next));
        Assert.Null(await server.TryCodeAsync(person, used));
        Assert.Equal(1, await server.Database.TotpFactorsAsync(person, "last_used_at IS NOT NULL"));
        Assert.NotEqual("null", (await client.AppsAsync())[0].GetProperty("last_used_at").GetRawText());
    }

    [Theory]
    [InlineData(-2, false), InlineData(-1, true), InlineData(0, true), InlineData(1, true), InlineData(2, false)]
    public async Task MF_02_The_window_is_one_step_to_either_side(int beside, bool good)
    {
        await server.Database.ForgetStepsAsync(person);
        await InAStepAsync();
        Assert.Equal(good, await server.TryCodeAsync(person, FactorSteps.CodeOf(secret, beside)) is not null);
    }

    /// <summary>A replay on another node too: the step lies in the database.</summary>
    [Fact]
    public async Task MF_02_A_code_that_was_used_on_one_node_is_used_on_the_other()
    {
        await using var other = await TestServer.StartOnAsync(server.Database.ConnectionString);
        var code = FactorSteps.CodeOf(secret, 1);
        Assert.NotNull(await server.TryCodeAsync(person, code));
        Assert.Null(await other.TryCodeAsync(person, code));
    }

    [Fact]
    public async Task MF_02_The_clock_of_the_database_alone_counts()
    {
        var shifted = new TestDatabase($"{await postgres.CreateDatabaseAsync()};Search Path=public,pg_catalog");
        await shifted.ExecuteAsync(
            "CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT pg_catalog.clock_timestamp() + interval '10 minutes' $$");
        await using var ahead = await TestServer.StartOnAsync(shifted.ConnectionString);
        using var browser = ahead.Client();
        var somebody = await ahead.SignInVerifiedAsync(browser);
        var app = (await browser.BeginTotpAsync())["secret"]!;
        Assert.Equal(400, (await browser.ConfirmTotpAsync(FactorSteps.CodeOf(app))).Status);
        Assert.Equal(200, (await browser.ConfirmTotpAsync(FactorSteps.CodeOf(app, 20))).Status);
        Assert.Null(await ahead.TryCodeAsync(somebody, FactorSteps.CodeOf(app)));
        Assert.NotNull(await ahead.TryCodeAsync(somebody, FactorSteps.CodeOf(app, 21)));
    }

    [Fact]
    public async Task MF_02_Each_of_several_apps_has_codes_of_its_own()
    {
        server.HasProved(client);
        var second = (await client.EnrolAsync()).Secret;
        await server.Database.ForgetStepsAsync(person);
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(secret)));
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(second)));
        Assert.Null(await server.TryCodeAsync(person, FactorSteps.WrongCode(secret)));
    }

    [Fact]
    public async Task CF_02_Seeds_are_sealed_under_the_next_secret_key_and_codes_go_on()
    {
        var before = await SealedUnderAsync();
        await using var next = await TestServer.StartOnAsync(
            server.Database.ConnectionString, ("Accounts:SecretKey", NextKey), ("Accounts:PreviousSecretKeys", TestSettings.SecretKey));
        await next.Services.GetRequiredService<SeedSealing>().SealAllAsync(CancellationToken.None);
        Assert.Equal(Convert.ToHexString(BitConverter.GetBytes(new SecretKey(NextKey).Id)), await SealedUnderAsync());
        Assert.NotEqual(before, await SealedUnderAsync());
        await using var last = await TestServer.StartOnAsync(server.Database.ConnectionString, ("Accounts:SecretKey", NextKey));
        Assert.NotNull(await last.TryCodeAsync(person, FactorSteps.CodeOf(secret, 1)));
    }

    /// <summary>A row that was copied to another user, or whose key is lost.</summary>
    [Fact]
    public async Task MF_01_A_seed_that_does_not_open_is_no_factor_and_recovery_codes_are()
    {
        using var other = server.Client();
        var somebody = await server.SignInVerifiedAsync(other);
        var codes = (await other.EnrolAsync()).RecoveryCodes;
        await server.Database.ExecuteAsync("""
            UPDATE totp_factors SET last_step = NULL, seed = (SELECT f.seed FROM totp_factors f JOIN users u ON u.id = f.user_id WHERE u.email = @from)
            WHERE user_id = (SELECT id FROM users WHERE email = @to)
            """, ("from", person.Email), ("to", somebody.Email));
        Assert.Null(await server.TryCodeAsync(somebody, FactorSteps.CodeOf(secret, 1)));
        Assert.NotNull(await server.TryCodeAsync(somebody, codes[0]));
        Assert.NotNull(await server.TryCodeAsync(person, FactorSteps.CodeOf(secret, 1)));
    }

    private async Task<string> SealedUnderAsync() =>
        (await server.Database.ScalarAsync<string>("SELECT encode(substring(seed from 2 for 4), 'hex') FROM totp_factors")).ToUpperInvariant();

    /// <summary>Not where the next step is about to begin.</summary>
    private static Task InAStepAsync() => Until.TrueAsync(() => Task.FromResult(DateTimeOffset.UtcNow.ToUnixTimeSeconds() % 30 < 25), "there is time left in this step");
}
