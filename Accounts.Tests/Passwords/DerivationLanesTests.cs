using System.Security.Cryptography;
using Accounts.Core.Passwords.Hashing;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Keys that are derived together are, to the bit, those of the platform's library.</summary>
public sealed class DerivationLanesTests
{
    /// <summary>All that this processor has; where it has none, there is nothing but the platform's library in use.</summary>
    private static readonly DerivationLanes[] Kinds =
    [
        .. EightLanes.IsSupported ? [new DerivationLanes<EightLanes>()] : Array.Empty<DerivationLanes>(),
        .. FourLanes.IsSupported ? [new DerivationLanes<FourLanes>()] : Array.Empty<DerivationLanes>(),
    ];

    private static readonly int[] Lengths = [0, 1, 8, 111, 112, 113, 127, 128, 129, 256];

    [Fact]
    public void PW_07_Passwords_of_every_length_around_a_block_get_the_key_that_they_get_alone()
    {
        foreach (var lanes in Kinds)
        {
            foreach (var asked in Lengths.SelectMany(length => new[] { Of(new string('p', length)), Of(new string('ü', length)) }).Chunk(lanes.Count))
            {
                AssertAgree(lanes, asked);
            }
        }
    }

    [Fact]
    public void PW_07_Random_passwords_salts_and_counts_get_the_key_that_they_get_alone()
    {
        var random = new Random(20_261_121);
        foreach (var lanes in Kinds)
        {
            for (var round = 0; round < 200; round++)
            {
                var cost = random.Next(1, 40);
                AssertAgree(lanes, [.. Enumerable.Range(0, random.Next(1, lanes.Count + 1)).Select(_ => Random(random, cost))]);
            }
        }
    }

    [Fact]
    public void PW_07_A_key_of_the_real_cost_is_the_platforms()
    {
        foreach (var lanes in Kinds)
        {
            AssertAgree(lanes, [.. Enumerable.Range(0, lanes.Count).Select(n => Of($"password-{n}", 220_000 - n, cost: 220_000))]);
        }
    }

    [Fact]
    public void What_lanes_cannot_do_is_left_to_the_library()
    {
        Assert.True(DerivationLanes.Fit(Of("p").Parameters));
        Assert.False(DerivationLanes.Fit(Of("p").Parameters with { Algorithm = HashAlgorithmName.SHA256 }));
        Assert.False(DerivationLanes.Fit(Of("p").Parameters with { Salt = new byte[108] }));
        Assert.False(DerivationLanes.Fit(Of("p").Parameters with { Length = 65 }));
    }

    /// <summary>A build for a debugger, in which they would be slow, has none.</summary>
    [Fact]
    public void The_widest_lanes_of_the_processor_are_used()
    {
#if DEBUG
        Assert.Null(DerivationLanes.OfThisProcessor());
#else
        Assert.Equal(Kinds.FirstOrDefault()?.Count, DerivationLanes.OfThisProcessor()?.Count);
        Assert.All(Kinds, lanes => Assert.True(lanes.AgreesWithPlatform()));
#endif
    }

    private static PasswordDerivation Of(string password, int iterations = 3, int cost = 3) =>
        new(password, new KeyParameters(HashAlgorithmName.SHA512, RandomNumberGenerator.GetBytes(16), iterations, 32), cost);

    private static PasswordDerivation Random(Random random, int cost)
    {
        var password = new string([.. Enumerable.Range(0, random.Next(0, 300)).Select(_ => (char)random.Next(1, 0x7ff))]);
        var salt = new byte[random.Next(0, 108)];
        random.NextBytes(salt);
        return new PasswordDerivation(password, new KeyParameters(HashAlgorithmName.SHA512, salt, random.Next(1, cost + 1), random.Next(1, 65)), cost);
    }

    private static void AssertAgree(DerivationLanes lanes, PasswordDerivation[] asked) =>
        Assert.Equal(asked.Select(one => Convert.ToHexString(one.Derive())), lanes.Derive(asked).Select(Convert.ToHexString));
}
