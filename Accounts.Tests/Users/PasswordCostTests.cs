using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>With hashes that take more than a second it shows what is refused without one.</summary>
public sealed class PasswordCostTests(Postgres postgres)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);

    [Theory]
    [InlineData("/api/auth/register/", 257, 400)]
    [InlineData("/api/auth/register/", 1_000_000, 413)]
    [InlineData("/api/auth/login/", 257, 401)]
    [InlineData("/api/auth/login/", 1_000_000, 413)]
    public async Task PW_02_A_password_over_the_cap_is_refused_before_any_hashing(string path, int length, int status)
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Passwords:Iterations", "2000000"));
        using var client = server.Client();
        var body = new { username = Some.Username(), email = Some.Email(), password = new string('x', length) };
        var fastest = TimeSpan.MaxValue;
        for (var i = 0; i < 10; i++)
        {
            var started = Stopwatch.StartNew();
            Assert.Equal(status, (await client.PostAsync(path, body, ("Expect", "100-continue"))).Status);
            fastest = TimeSpan.FromTicks(Math.Min(fastest.Ticks, started.Elapsed.Ticks));
        }
        Assert.True(fastest < Soon, $"The fastest of ten took {fastest.TotalMilliseconds} ms.");
        Assert.Equal(0, await server.Database.CountAsync("users"));
    }
}
