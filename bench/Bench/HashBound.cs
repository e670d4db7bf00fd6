using System.Diagnostics;
using System.Security.Cryptography;
using Accounts.Core.Passwords.Hashing;

namespace Bench;

/// <summary>Hashes a second of all cores with nothing else to do.</summary>
/// <param name="Alone">one at a time on each core, by the platform's library</param>
/// <param name="Together">as many as the processor's vectors hold at a time, as the server does when enough wait; the same where it has none</param>
internal sealed record HashBound(double Alone, double Together)
{
    private static readonly PasswordDerivation Asked =
        new(Seed.Password, new KeyParameters(HashAlgorithmName.SHA512, new byte[16], Seed.Iterations, 32), Seed.Iterations);

    public static HashBound Measure(int seconds)
    {
        var alone = PerSecond(seconds, () => OneByOne);
        return new HashBound(alone, DerivationLanes.OfThisProcessor() is null ? alone : PerSecond(seconds, Lanes));
    }

    public static HashBound Mean(HashBound before, HashBound after) =>
        new((before.Alone + after.Alone) / 2, (before.Together + after.Together) / 2);

    private static int OneByOne()
    {
        Asked.Derive();
        return 1;
    }

    private static Func<int> Lanes()
    {
        var lanes = DerivationLanes.OfThisProcessor()!;
        var asked = Enumerable.Repeat(Asked, lanes.Count).ToArray();
        return () => lanes.Derive(asked).Length;
    }

    private static double PerSecond(int seconds, Func<Func<int>> forThread)
    {
        var done = 0;
        var clock = Stopwatch.StartNew();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            var hash = forThread();
            while (clock.Elapsed < TimeSpan.FromSeconds(seconds))
            {
                Interlocked.Add(ref done, hash());
            }
        });
        return done / clock.Elapsed.TotalSeconds;
    }
}
