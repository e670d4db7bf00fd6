using Accounts.Core.Passkeys;
using Accounts.Core.Secrets;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>A ceremony's state serves once, for what it was begun for, and for whom.</summary>
public sealed class PasskeyStateTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task MF_10_Scenario_34_A_state_is_spent_by_its_first_try_be_that_right_or_wrong()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var begun = await client.BeginSignInAsync();
        var passkey = authenticator.Get(begun.PublicKey());
        Assert.Equal(200, (await client.FinishSignInAsync(begun["state"], passkey)).Status);
        (await client.FinishSignInAsync(begun["state"], passkey)).AssertRefused(401, "invalid_credentials");
        var second = await client.BeginSignInAsync();
        (await client.FinishSignInAsync(second["state"], passkey)).AssertRefused(401, "invalid_credentials");
        (await client.FinishSignInAsync(second["state"], authenticator.Get(second.PublicKey()))).AssertRefused(401, "invalid_credentials");
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.last_used_at IS NOT NULL"));
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_10_Scenario_34_A_registrations_state_signs_nobody_in_and_a_sign_ins_state_registers_nothing()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var (registering, signingIn) = (await client.BeginAdditionAsync(), await client.BeginSignInAsync());
        var options = signingIn.PublicKey();
        (await client.FinishSignInAsync(registering["state"], authenticator.Get(options, ceremony => ceremony.Challenge = registering.PublicKey().GetProperty("challenge").GetString()!)))
            .AssertRefused(401, "invalid_credentials");
        using var other = client.Authenticator();
        var challenge = options.GetProperty("challenge").GetString()!;
        (await client.FinishAdditionAsync(signingIn["state"], other.Create(registering.PublicKey(), ceremony => ceremony.Challenge = challenge))).AssertRefused(400, "invalid_passkey");
        Assert.Equal(1, await server.Database.PasskeysAsync(person));
        // Neither was spent by who may not have it.
        Assert.Equal(200, (await client.FinishSignInAsync(signingIn["state"], authenticator.Get(options))).Status);
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_10_Another_users_state_registers_nothing()
    {
        using var client = server.Client();
        using var thief = server.Client();
        var person = await Social.SocialSteps.SignInVerifiedAsync(server, client);
        var other = await Social.SocialSteps.SignInVerifiedAsync(server, thief);
        var begun = await client.BeginAdditionAsync();
        using var authenticator = thief.Authenticator();
        var passkey = authenticator.Create(begun.PublicKey());
        (await thief.FinishAdditionAsync(begun["state"], passkey)).AssertRefused(400, "invalid_passkey");
        Assert.Equal(0, await server.Database.PasskeysAsync(other));
        Assert.Equal(201, (await client.FinishAdditionAsync(begun["state"], passkey)).Status);
        Assert.Equal(1, await server.Database.PasskeysAsync(person));
    }

    [Fact]
    public async Task MF_10_A_state_serves_for_five_minutes_and_is_swept()
    {
        using var client = server.Client();
        var (_, authenticator) = await server.SignInWithPasskeyAsync(client);
        var begun = await client.BeginSignInAsync();
        var hash = OpaqueToken.Hash(begun["state"]!);
        Assert.Equal(1, await server.Database.CountAsync("passkey_states", "hash = @hash AND expires_at BETWEEN now() + interval '4 minutes' AND now() + interval '5 minutes'", ("hash", hash)));
        await server.Database.ExecuteAsync("UPDATE passkey_states SET expires_at = clock_timestamp() WHERE hash = @hash", ("hash", hash));
        (await client.FinishSignInAsync(begun["state"], authenticator.Get(begun.PublicKey()))).AssertRefused(401, "invalid_credentials");
        await server.SweepAsync();
        Assert.Equal(0, await server.Database.CountAsync("passkey_states", "hash = @hash", ("hash", hash)));
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_10_No_two_challenges_are_alike_and_what_is_stored_begins_nothing()
    {
        using var client = server.Client();
        var (one, other) = (await client.BeginSignInAsync(), await client.BeginSignInAsync());
        Assert.NotEqual(Challenge(one), Challenge(other));
        Assert.Equal(43, Challenge(one).Length);
        Assert.NotEqual(one["state"], other["state"]);
        Assert.DoesNotContain(one["state"]!, await server.Database.DumpAsync(), StringComparison.Ordinal);
    }

    /// <summary>As the flows that come after another proof will ask.</summary>
    [Theory]
    [InlineData(PasskeyPurpose.SecondFactor), InlineData(PasskeyPurpose.Reauthenticate), InlineData(PasskeyPurpose.Recover)]
    public async Task MF_10_A_state_that_was_issued_to_a_user_for_one_purpose_serves_nobody_else_and_for_nothing_else(PasskeyPurpose purpose)
    {
        using var client = server.Client();
        await Social.SocialSteps.SignInVerifiedAsync(server, client);
        var (userId, other) = (TokenText.UserOf(client.RefreshCookie!), Guid.NewGuid());
        await using var scope = server.Services.CreateAsyncScope();
        var states = scope.ServiceProvider.GetRequiredService<PasskeyStates>();
        var state = await states.IssueAsync(purpose, userId, "what is remembered", CancellationToken.None);
        foreach (var wrong in Enum.GetValues<PasskeyPurpose>().Where(one => one != purpose))
        {
            Assert.Null(await states.SpendAsync(state, wrong, userId, CancellationToken.None));
        }
        Assert.Null(await states.SpendAsync(state, purpose, other, CancellationToken.None));
        Assert.Null(await states.SpendAsync(state, purpose, null, CancellationToken.None));
        Assert.Equal("what is remembered", await states.SpendAsync(state, purpose, userId, CancellationToken.None));
        Assert.Null(await states.SpendAsync(state, purpose, userId, CancellationToken.None));
    }

    private static string Challenge(Answer begun) => begun.PublicKey().GetProperty("challenge").GetString()!;
}
