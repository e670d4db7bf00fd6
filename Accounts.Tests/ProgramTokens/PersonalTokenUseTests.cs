using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>When a personal token was used last, and what becomes of it when its time is over.</summary>
[Trait("Pace", "long")]
public sealed class PersonalTokenUseTests(ProgramServer shared) : IClassFixture<ProgramServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, program = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, program) = (server.Client(), server.Client());
        person = await server.SignInHolderAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        program.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_20_The_list_tells_the_hour_of_the_last_use()
    {
        var (_, token) = await owner.MakeTokenAsync();
        await program.MeAsync(token);
        await HasHourAsync();
        await server.Database.ChangeTokensAsync(person, "last_used_at = date_trunc('hour', clock_timestamp(), 'UTC') - interval '1 hour'");
        Assert.Equal(0, await server.Database.TokensOfAsync(person, "t.last_used_at > clock_timestamp() - interval '1 hour'"));
        await program.IntrospectAsync(token);
        await HasHourAsync();
        var version = await server.Database.ScalarAsync<string>("SELECT t.xmin::text FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE u.email = @email", ("email", person.Email));
        await program.MeAsync(token);
        Assert.Equal(1, await server.Database.TokensOfAsync(person, $"t.xmin::text = '{version}'"));
    }

    private async Task HasHourAsync()
    {
        var told = Assert.Single(await owner.TokensAsync()).GetProperty("last_used_at").GetDateTime();
        Assert.Equal((0, 0), (told.Minute, told.Second));
        Assert.InRange(DateTime.UtcNow - told, TimeSpan.Zero, TimeSpan.FromMinutes(61));
    }

    /// <summary>Of the last use nothing depends: who holds the row keeps nobody waiting.</summary>
    [Fact]
    public async Task SG_20_A_row_that_somebody_holds_keeps_no_program_waiting()
    {
        var (_, token) = await owner.MakeTokenAsync();
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync("SELECT 1 FROM api_tokens t JOIN users u ON u.id = t.user_id WHERE u.email = @email FOR UPDATE OF t", ("email", person.Email));
        await server.AssertGoodAsync(token);
    }

    [Fact]
    public async Task SG_20_A_token_whose_time_is_over_is_told_as_such_and_not_listed()
    {
        var (_, token) = await owner.MakeTokenAsync();
        await server.Database.ChangeTokensAsync(person, "expires_at = clock_timestamp()");
        await server.AssertOverAsync(token, "expired");
        Assert.Empty(await owner.TokensAsync());
    }

    [Theory]
    [InlineData("expires_at = clock_timestamp() - interval '8 days'", 0), InlineData("expires_at = clock_timestamp() - interval '6 days'", 1), InlineData("epoch = epoch - 1", 0), InlineData("last_used_at = NULL", 1)]
    public async Task RL_08_Personal_tokens_go_a_week_after_their_time_and_with_their_epoch(string state, long stay)
    {
        await owner.MakeTokenAsync();
        await server.Database.ChangeTokensAsync(person, state);
        await server.SweepAsync();
        Assert.Equal(stay, await server.Database.TokensOfAsync(person));
    }

    [Fact]
    public async Task LG_06_An_export_has_personal_tokens_and_no_secret_of_them()
    {
        await owner.MakeTokenAsync("backup", "editor");
        var token = Assert.Single((await owner.GetAsync("/api/auth/me/export/")).Json.GetProperty("api_tokens").EnumerateArray());
        Assert.Equal(["created_at", "expires_at", "id", "last_used_at", "name", "roles"], token.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
    }
}
