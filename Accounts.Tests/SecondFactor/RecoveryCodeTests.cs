using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SecondFactor;

/// <summary>What stands for a factor that is lost.</summary>
public sealed class RecoveryCodeTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;
    private string[] codes = [];

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await server.SignInVerifiedAsync(client);
        codes = (await client.EnrolAsync()).RecoveryCodes;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task MF_05_There_are_ten_of_80_bits_and_none_lies_in_the_database()
    {
        Assert.Equal(10, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$", code));
        var (dump, export) = (await server.Database.DumpAsync(), (await client.GetAsync("/api/auth/me/export/")).Text);
        Assert.All(codes.SelectMany(code => new[] { code, code.Replace("-", "", StringComparison.Ordinal) }), code =>
            Assert.DoesNotContain(code, dump + export, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(10, await server.Database.RecoveryCodesAsync(person, "length(hash) = 32 AND used_at IS NULL"));
    }

    [Fact]
    public async Task MF_05_Each_is_good_once()
    {
        Assert.Equal(["otp"], (await server.TryCodeAsync(person, codes[3]))!);
        Assert.Null(await server.TryCodeAsync(person, codes[3]));
        Assert.Equal("9", (await client.GetAsync(FactorSteps.Factors))["recovery_codes_left"]);
        Assert.Equal(1, await server.Database.RecoveryCodesAsync(person, "used_at IS NOT NULL"));
        await server.Database.CountedAsync(person, "second_factor_failed", 1);
    }

    [Fact]
    public async Task MF_05_Case_spaces_and_hyphens_are_forgiven()
    {
        Assert.NotNull(await server.TryCodeAsync(person, codes[0].ToLowerInvariant()));
        Assert.NotNull(await server.TryCodeAsync(person, codes[1].Replace("-", "", StringComparison.Ordinal)));
        Assert.NotNull(await server.TryCodeAsync(person, $"  {codes[2].Replace('-', ' ')} "));
        Assert.Null(await server.TryCodeAsync(person, codes[3][..^1]));
        Assert.Null(await server.TryCodeAsync(person, ""));
        Assert.Equal(3, await server.Database.RecoveryCodesAsync(person, "used_at IS NOT NULL"));
    }

    [Fact]
    public async Task MF_05_A_new_set_kills_the_old_one()
    {
        Assert.NotNull(await server.TryCodeAsync(person, codes[0]));
        server.HasProved(client);
        var next = (await client.PostAsync(FactorSteps.RecoveryCodes)).Codes();
        Assert.Empty(next.Intersect(codes));
        foreach (var code in codes)
        {
            Assert.Null(await server.TryCodeAsync(person, code));
        }
        Assert.NotNull(await server.TryCodeAsync(person, next[0]));
        Assert.Equal("9", (await client.GetAsync(FactorSteps.Factors))["recovery_codes_left"]);
    }

    [Fact]
    public async Task MF_05_Another_users_is_good_for_nothing()
    {
        using var other = server.Client();
        var somebody = await server.SignInVerifiedAsync(other);
        await other.EnrolAsync();
        Assert.Null(await server.TryCodeAsync(somebody, codes[0]));
        Assert.NotNull(await server.TryCodeAsync(person, codes[0]));
    }
}
