using System.Buffers.Text;
using System.Text;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>What tells of a copied authenticator, and what tells nobody who somebody is.</summary>
public sealed class PasskeyCounterTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData(4), InlineData(5), InlineData(0)]
    public async Task MF_11_Scenario_34_A_counter_that_does_not_rise_is_refused_with_an_event(uint counter)
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        using var authenticator = client.Authenticator();
        authenticator.Counter = 4;
        Assert.Equal(201, (await client.AddPasskeyAsync(authenticator)).Status);
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.counter = 5"));
        (await client.SignInAsync(authenticator, ceremony => ceremony.Counter = counter)).AssertRefused(401, "invalid_credentials");
        await server.Database.CountedAsync(person, "passkey_counter_regressed", 1);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.counter = 5"));
        authenticator.Counter = 100;
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
        Assert.Equal(1, await server.Database.PasskeysAsync(person, "p.counter = 101"));
    }

    [Fact]
    public async Task MF_11_An_authenticator_that_does_not_count_signs_in_again_and_again()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
        Assert.Equal(200, (await client.SignInAsync(authenticator)).Status);
        Assert.Equal(0, await server.Database.EventsAsync(person, "passkey_counter_regressed"));
        authenticator.Dispose();
    }

    [Fact]
    public async Task MF_11_Authenticators_know_a_user_by_a_random_handle_which_stays()
    {
        using var client = server.Client();
        var person = await server.SignInVerifiedAsync(client);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "passkey_handle IS NULL"));
        var handle = await HandleAsync(client);
        Assert.Equal(handle, await HandleAsync(client));
        var stored = await server.Database.ScalarAsync<byte[]>("SELECT passkey_handle FROM users WHERE email = @email", ("email", person.Email));
        Assert.Equal(32, stored.Length);
        Assert.Equal(Base64Url.EncodeToString(stored), Encoding.ASCII.GetString(handle));
        await server.SignInVerifiedAsync(client);
        Assert.NotEqual(handle, await HandleAsync(client));
    }

    [Fact]
    public async Task MF_11_What_a_sign_in_begins_with_is_the_same_whoever_is_named()
    {
        using var client = server.Client();
        var (person, authenticator) = await server.SignInWithPasskeyAsync(client);
        var (known, unknown) = (await BeginAsync(person.Email), await BeginAsync(Some.Email()));
        Assert.Equal(Masked(unknown), Masked(known));
        authenticator.Dispose();

        async Task<Answer> BeginAsync(string email)
        {
            using var stranger = server.Client();
            return await stranger.PostAsync("/api/auth/login/passkey/begin/", new { email });
        }

        static string Masked(Answer begun) => begun.Text.Replace(begun["state"]!, "", StringComparison.Ordinal)
            .Replace(begun.PublicKey().GetProperty("challenge").GetString()!, "", StringComparison.Ordinal);
    }

    private static async Task<byte[]> HandleAsync(ApiClient client) =>
        Base64Url.DecodeFromChars((await client.BeginAdditionAsync()).PublicKey().GetProperty("user").GetProperty("id").GetString());
}
