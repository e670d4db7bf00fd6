using System.Diagnostics;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;

namespace Bench;

/// <summary>What the hash alone allows: the server's own hasher, one on each core, with nothing else to do.</summary>
internal static class HashBound
{
    /// <summary>Passwords that are verified a second.</summary>
    /// <param name="args">the server's settings</param>
    /// <param name="seconds">for so long</param>
    public static async Task<double> MeasureAsync(string[] args, int seconds)
    {
        await using var server = Accounts.Api.Program.Build(args);
        var hasher = server.App.Services.GetRequiredService<IPasswordHasher<User>>();
        var hash = hasher.HashPassword(null!, Seed.Password);
        var done = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
            {
                hasher.VerifyHashedPassword(null!, hash, Seed.Password);
                Interlocked.Increment(ref done);
            }
        });
        return done / clock.Elapsed.TotalSeconds;
    }
}
