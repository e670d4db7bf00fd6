using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Passwords.Hashing;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Users who have come from somewhere else sign in with the password that they have always had.</summary>
[Trait("Pace", "long")]
public sealed class ForeignSignInTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Composed = "caf\u00e9 au lait ti\u00e8de", Decomposed = "cafe\u0301 au lait tie\u0300de";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;

    public async ValueTask InitializeAsync() => person = await client.RegisterSomebodyAsync();

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("pbkdf2_sha256$260000$")]
    [InlineData("pbkdf2_sha1$260000$")]
    [InlineData("argon2$argon2id$v=19$m=102400,t=2,p=8$")]
    [InlineData("bcrypt_sha256$$2b$12$")]
    [InlineData("bcrypt$$2b$12$")]
    [InlineData("scrypt$16384$")]
    [InlineData("md5$")]
    [InlineData("sha1$")]
    [InlineData("pbkdf2:sha256:20000$")]
    [InlineData("pbkdf2:sha1:1000$")]
    [InlineData("scrypt:32768:8:1$")]
    [InlineData("$2b$06$")]
    [InlineData("$2y$06$")]
    [InlineData("$2a$06$")]
    [InlineData("$argon2i$v=19$m=19456,t=2,p=1$")]
    [InlineData("sha256hex$")]
    public async Task SG_18_The_old_password_signs_in_and_is_hashed_anew(string kind)
    {
        var vector = HashVector.OfKind(kind);
        await AssertMovesInAsync(vector.Stored, vector.Password);
    }

    [Fact]
    public async Task SG_18_A_hash_of_Firebase_signs_in_and_is_hashed_anew()
    {
        var project = new FirebaseParameters("jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==", "Bw==", 8, 14);
        const string key = "lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==";
        await AssertMovesInAsync(ForeignHash.OfFirebase("42xEC+ixf3L2lw==", key, project), "user1password");
    }

    private async Task AssertMovesInAsync(string stored, string password)
    {
        var moved = person with { Password = password };
        await server.Database.PlantHashAsync(person, stored);
        (await client.LoginAsync(moved with { Password = HashVector.Wrong(password) })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(stored, await server.Database.HashAsync(person));
        Assert.Equal(200, (await client.LoginAsync(moved)).Status);
        var anew = await server.Database.HashAsync(person);
        Assert.StartsWith("$argon2id$v=19$m=8,t=1,p=1$", anew, StringComparison.Ordinal);
        Assert.Equal(200, (await client.LoginAsync(moved)).Status);
        Assert.Equal(anew, await server.Database.HashAsync(person));
        (await client.LoginAsync(moved with { Password = HashVector.Wrong(password) })).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task SG_18_Ten_tabs_that_sign_in_at_once_all_get_in_and_one_hash_stays()
    {
        var vector = HashVector.OfKind("pbkdf2_sha1$260000$");
        await server.Database.PlantHashAsync(person, vector.Hash);
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.LoginAsync(person with { Password = vector.Password })));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.StartsWith("$argon2id$", await server.Database.HashAsync(person), StringComparison.Ordinal);
    }

    /// <summary>It was hashed as it was typed, by a program that did not normalise.</summary>
    [Fact]
    public async Task SG_17_A_foreign_hash_of_two_part_accents_verifies_them_and_is_made_anew_of_the_one_form()
    {
        var salt = "saltsaltsalt"u8.ToArray();
        var key = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(Decomposed), salt, 1000, HashAlgorithmName.SHA256, SHA256.HashSizeInBytes);
        await server.Database.PlantHashAsync(person, $"pbkdf2_sha256$1000$saltsaltsalt${Convert.ToBase64String(key)}");
        (await client.LoginAsync(person with { Password = Composed })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Decomposed })).Status);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Composed })).Status);
    }

    [Fact]
    public async Task SG_18_What_is_stored_bare_counts_only_with_its_mark()
    {
        var vector = HashVector.OfKind("sha256hex$");
        await server.Database.PlantHashAsync(person, vector.Hash);
        (await client.LoginAsync(person with { Password = vector.Password })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(vector.Hash, await server.Database.HashAsync(person));
    }

    [Fact]
    public async Task SG_18_Whose_password_lay_there_bare_is_mailed_once_for_a_new_one()
    {
        var vector = HashVector.OfKind("sha256hex$");
        var moved = person with { Password = vector.Password };
        await server.Database.PlantHashAsync(person, vector.Stored);
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(0, await server.Database.CountAsync("email_verification_tokens", $"purpose = 'reset' AND email = '{person.Email}'"));
        Assert.Equal(200, (await client.LoginAsync(moved)).Status);
        Assert.Equal(200, (await client.LoginAsync(moved)).Status);
        Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", $"purpose = 'reset' AND email = '{person.Email}'"));
        var mail = (await server.Mailbox.WaitForResetsAsync(person.Email, 1))[0];
        Assert.Contains("comes from an older system", mail.Text, StringComparison.Ordinal);
        (await client.ResetAsync(Support.Mailbox.TokenOf(mail))).AssertBody(200, PasswordSteps.Done);
        (await client.LoginAsync(moved)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }
}

/// <summary>All of the vectors, by HTTP.</summary>
[Trait("Pace", "long")]
public sealed class ForeignVectorTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Fact]
    public async Task SG_18_Every_vector_signs_in_once_as_it_is_and_is_refused_with_one_character_changed()
    {
        using var client = shared.Server.Client();
        var person = await client.RegisterSomebodyAsync();
        foreach (var vector in HashVector.All())
        {
            await shared.Server.Database.PlantHashAsync(person, vector.Stored);
            var wrong = await client.LoginAsync(person with { Password = HashVector.Wrong(vector.Password) });
            Assert.True(wrong.Status == 401 && wrong["code"] == "invalid_credentials", $"{vector}: {wrong}");
            Assert.Equal(vector.Stored, await shared.Server.Database.HashAsync(person));
            var right = await client.LoginAsync(person with { Password = vector.Password });
            Assert.True(right.Status == 200, $"{vector}: {right}");
            Assert.Matches(@"^\$argon2id\$v=19\$m=\d+,t=\d,p=1\$", await shared.Server.Database.HashAsync(person));
            Assert.Equal(200, (await client.LoginAsync(person with { Password = vector.Password })).Status);
        }
    }
}
