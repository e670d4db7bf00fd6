using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Where a hash costs more than a request, what is refused without one shows.</summary>
[Trait("Pace", "long")]
public sealed class PasswordCostTests(Postgres postgres)
{
    [Fact]
    public async Task PW_02_A_password_over_the_cap_is_refused_before_any_hashing()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Passwords:MemoryKiB", "131072"), ("Accounts:Passwords:Passes", "3"));
        using var client = server.Client();
        var oneHash = await FastestAsync(1, client, "/api/auth/login/", Some.Password.Length, 401);
        foreach (var (path, length, status) in new[]
        {
            ("/api/auth/register/", 257, 400), ("/api/auth/register/", 1_000_000, 413),
            ("/api/auth/login/", 257, 400), ("/api/auth/login/", 1_000_000, 413),
        })
        {
            var refusal = await FastestAsync(10, client, path, length, status);
            Assert.True(refusal < oneHash / 4, $"{path} with {length} took {refusal}, a hash {oneHash}.");
        }
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }

    private static async Task<TimeSpan> FastestAsync(int times, ApiClient client, string path, int length, int status)
    {
        var body = new { username = Some.Username(), email = Some.Email(), password = new string('x', length) };
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < times; i++)
        {
            var started = Stopwatch.StartNew();
            Assert.Equal(status, (await client.PostAsync(path, body, ("Expect", "100-continue"))).Status);
            fastest = started.Elapsed < fastest ? started.Elapsed : fastest;
        }
        return fastest;
    }
}
