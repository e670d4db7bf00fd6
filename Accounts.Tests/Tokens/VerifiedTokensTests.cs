using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

public sealed class VerifiedTokensTests
{
    private const int Capacity = 1_000, Threads = 8;

    /// <summary>However many threads come to the limit together, the half that they fill becomes the old one, and none throws that away.</summary>
    [Fact]
    public void What_was_added_last_is_remembered_whoever_else_adds()
    {
        for (var round = 0; round < Rounds.Count; round++)
        {
            var tokens = new VerifiedTokens(Capacity);
            Parallel.For(0, Capacity / 2, new ParallelOptions { MaxDegreeOfParallelism = Threads }, n => tokens.Add(Hash(n), default));
            Assert.All(Enumerable.Range(0, Capacity / 2), n => Assert.True(tokens.TryGet(Hash(n), out _)));
        }
    }

    [Fact]
    public void What_nobody_shows_any_more_is_forgotten_and_what_is_in_use_is_not()
    {
        var tokens = new VerifiedTokens(Capacity);
        for (var n = 0; n < 3 * Capacity; n++)
        {
            tokens.Add(Hash(n), default);
            Assert.True(tokens.TryGet(Hash(0), out _));
        }
        Assert.InRange(Enumerable.Range(0, 3 * Capacity).Count(n => tokens.TryGet(Hash(n), out _)), Capacity / 2, Capacity + 1);
    }

    private static VerifiedTokens.TokenHash Hash(int n) => VerifiedTokens.TokenHash.Of($"token {n}");
}
