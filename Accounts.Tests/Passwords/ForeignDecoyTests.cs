using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Hashing;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>A table in which every kind of foreign hash lies beside our own: nobody's are of all of them, too.</summary>
public sealed class ForeignDecoyTests(ForeignDecoyTests.Mixed shared, Postgres postgres) : IClassFixture<ForeignDecoyTests.Mixed>
{
    private readonly PasswordDecoys decoys = shared.Server.Services.GetRequiredService<PasswordDecoys>();

    public sealed class Mixed(Postgres postgres) : SharedServer(postgres), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Server.MoveInAsync([.. HashVector.Kinds().Select(vector => vector.Stored)]);
        }
    }

    [Fact]
    public void SG_17_Nobodys_hashes_are_of_every_kind_that_is_stored_and_are_computed()
    {
        string[] nobodys = [.. Enumerable.Range(0, 2000).Select(i => decoys.For($"nobody{i}@example.test")).Distinct()];
        Assert.Equal(
            HashVector.Kinds().Select(vector => HashVector.HeadOf(vector.Stored)).Order(StringComparer.Ordinal),
            nobodys.Select(HashVector.HeadOf).Order(StringComparer.Ordinal));
        Assert.All(nobodys, hash => Assert.Equal(HashJudgement.Kept(hash), ForeignHash.Judge(hash, bareSha256: true)));
        Assert.Empty(nobodys.Intersect(HashVector.All().Select(vector => vector.Stored)));
    }

    /// <summary>What BouncyCastle computes takes several times as long as what libsodium does, and which of them does tells the salt.</summary>
    [Theory]
    [InlineData("c2l4dGVlbiBieXRlIHNsdA", 22)]
    [InlineData("c2FsdHNhbHQ", 11)]
    [InlineData("dGhpcnR5LXR3byBieXRlcyBvZiBzYWx0IGZvciBpdC4", 11)]
    public async Task SG_17_An_Argon2_hash_with_a_salt_of_another_length_is_of_a_kind_of_its_own(string salt, int drawn)
    {
        await using var own = await TestServer.StartAsync(postgres);
        await own.MoveInAsync([$"$argon2id$v=19$m=64,t=1,p=1${salt}$AAAAAAAAAAAAAAAAAAAAAA"]);
        var hash = own.Services.GetRequiredService<PasswordDecoys>().For(Some.Email());
        Assert.StartsWith("$argon2id$v=19$m=64,t=1,p=1$", hash, StringComparison.Ordinal);
        Assert.Equal(drawn, hash.Split('$')[4].Length);
    }
}
