using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>Issuer and audience to the letter, times to the half minute (RFC 8725 section 3.8, RFC 9068 section 4).</summary>
public sealed class ClaimTests(ClaimTests.Configured shared) : IClassFixture<ClaimTests.Configured>, IAsyncLifetime
{
    public sealed class Configured(Postgres postgres) : SharedServer(postgres, ("Accounts:Tokens:Audience", "https://api.example.test"));

    private Doorkeeper door = null!;

    public async ValueTask InitializeAsync() => door = await Doorkeeper.AtAsync(shared);

    public ValueTask DisposeAsync() => door.DisposeAsync();

    private static long Now => DateTimeOffset.UtcNow.ToUnixTimeSeconds();

    [Fact]
    public async Task AT_04_Another_issuer_is_refused_however_like_ours_it_is()
    {
        var issuer = (string)Forge.Read(door.Forge.Payload)["iss"]!;
        JsonNode?[] others =
        [
            issuer + "/", issuer.ToUpperInvariant(), issuer.Replace("http:", "https:", StringComparison.Ordinal), " " + issuer, issuer + "\0",
            "https://accounts.google.com", "", null, 1, new JsonArray(issuer),
        ];
        await door.RefusesAllAsync(others.Select(other => ($"iss {other}", door.Forge.WithClaim("iss", other))));
        await door.RefusesAsync("no iss", door.Forge.WithoutClaim("iss"));
    }

    [Fact]
    public async Task AT_04_A_token_for_another_audience_is_refused()
    {
        JsonNode?[] others =
        [
            "https://api.example.test/", "https://API.example.test", "https://api.example.test.evil.test", door.Server.Address.ToString(), "", null, 1,
            new JsonArray("https://other.example.test"), new JsonArray(),
        ];
        await door.RefusesAllAsync(others.Select(other => ($"aud {other}", door.Forge.WithClaim("aud", other))));
        await door.RefusesAsync("no aud", door.Forge.WithoutClaim("aud"));
    }

    [Fact]
    public async Task AT_04_A_token_is_over_30_seconds_after_its_time_and_the_answer_says_so()
    {
        await door.AcceptsAsync("late by less than the skew", door.Forge.WithClaim("exp", Now - 15));
        await door.RefusesAsync("late by 31 s", door.Forge.WithClaim("exp", Now - 31), "expired");
        await door.RefusesAsync("late by a year", door.Forge.WithClaim("exp", Now - 31_536_000), "expired");
        await door.RefusesAsync("of 1970", door.Forge.WithClaim("exp", 0), "expired");
    }

    [Fact]
    public async Task AT_04_A_time_that_is_no_time_is_refused()
    {
        JsonNode?[] times = [$"{Now + 60}", -1, -1e18, 1e308, 1e300, long.MaxValue, 253402300800, Now + 60.5, null, true, new JsonArray(Now + 60)];
        await door.RefusesAllAsync(times.Select(time => ($"exp {time}", door.Forge.WithClaim("exp", time))));
        await door.RefusesAsync("no exp", door.Forge.WithoutClaim("exp"));
        await door.RefusesAsync("no iat", door.Forge.WithoutClaim("iat"));
        foreach (var number in new[] { "1e999", "99999999999999999999999999", "NaN", "Infinity" })
        {
            await door.RefusesAsync(number, door.Forge.WithRawClaims(WithRawExpiry(number)));
        }
    }

    [Fact]
    public async Task AT_04_A_token_before_its_time_is_refused()
    {
        await door.AcceptsAsync("early by less than the skew", door.Forge.WithClaim("nbf", Now + 15));
        JsonNode?[] times = [Now + 40, $"{Now}", -1, 1e308, null, new JsonArray(Now)];
        await door.RefusesAllAsync(times.Select(time => ($"nbf {time}", door.Forge.WithClaim("nbf", time))));
    }

    [Fact]
    public async Task AT_04_A_subject_or_session_that_is_none_is_refused()
    {
        var (user, session) = (Guid.CreateVersion7().ToString(), Guid.CreateVersion7().ToString());
        await door.RefusesAllAsync([("an unknown user", door.Forge.WithClaim("sub", user)), ("an unknown session", door.Forge.WithClaim("sid", session))], "revoked");
        JsonNode?[] ids = [null, "", "1", 1, "' OR 1=1 --", Guid.NewGuid().ToString("N"), Guid.NewGuid().ToString("B")];
        await door.RefusesAllAsync(
            from name in new[] { "sub", "sid" }
            from id in ids
            select ($"{name} {id}", door.Forge.WithClaim(name, id?.DeepClone())));
    }

    private string WithRawExpiry(string number)
    {
        var claims = Forge.Read(door.Forge.Payload);
        claims["exp"] = "@";
        return claims.ToJsonString().Replace("\"@\"", number, StringComparison.Ordinal);
    }
}
