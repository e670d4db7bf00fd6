using Accounts.Core;
using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Hashing;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Keyboards spell an accented letter as one character or as two: it is one password.</summary>
public sealed class PasswordFormTests(PasswordFormTests.Throttled shared) : IClassFixture<PasswordFormTests.Throttled>
{
    private const string Composed = "caf\u00e9 au lait ti\u00e8de", Decomposed = "cafe\u0301 au lait tie\u0300de";

    private readonly TestServer server = shared.Server;

    public sealed class Throttled(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:HashesWaitingPerNetwork", "2"));

    [Theory]
    [InlineData(Composed, Decomposed)]
    [InlineData(Decomposed, Composed)]
    public async Task PW_04_An_accent_may_be_typed_in_either_way(string chosen, string typed)
    {
        using var client = server.Client();
        var person = Some.Person() with { Password = chosen };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = typed })).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
        (await client.LoginAsync(person with { Password = "cafe au lait tiede" })).AssertRefused(401, "invalid_credentials");
    }

    /// <summary>The framework's own normalisation throws at it.</summary>
    [Fact]
    public async Task PW_03_A_noncharacter_in_a_password_is_a_character()
    {
        using var client = server.Client();
        var person = Some.Person() with { Password = $"{Decomposed}\uFFFEafter" };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = $"{Composed}\uFFFEafter" })).Status);
        (await client.LoginAsync(person with { Password = $"{Composed}after" })).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task SG_17_A_hash_of_what_was_typed_verifies_and_is_made_anew_of_its_normal_form()
    {
        using var client = server.Client();
        var person = Some.Person() with { Password = Decomposed };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await server.Database.PlantHashAsync(person, StoredHashes.Pbkdf2(Decomposed, 1));
        (await client.LoginAsync(person with { Password = Composed })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Composed })).Status);
    }

    [Fact]
    public async Task SG_17_Two_forms_are_one_guess()
    {
        using var client = server.Client();
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        (await client.LoginAsync(Some.Person() with { Password = Decomposed })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(2, await server.Database.CountAsync("throttle_counters", "count = 1"));
        Assert.Equal(0, await server.Database.CountAsync("throttle_counters", "count > 1"));
    }

    [Fact]
    public void SG_17_Two_forms_are_two_places_in_the_queue()
    {
        var hashing = server.Services.GetRequiredService<PasswordHashing>();
        var device = HashingParty.Anybody(new Device(System.Net.IPAddress.Parse("198.51.100.7"), ""));
        using (hashing.TakeToVerify(device, Composed))
        {
            hashing.TakeToVerify(device, Composed).Dispose();
        }
        using (hashing.TakeToVerify(device, Decomposed))
        {
            Assert.Throws<UnavailableException>(() => hashing.TakeToVerify(device, Composed));
        }
        hashing.TakeToVerify(device, Decomposed).Dispose();
    }
}
