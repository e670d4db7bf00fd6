using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Accounts.Core.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

public sealed class PasswordHashTests(Postgres postgres)
{
    private const string Iterations = "Accounts:Passwords:Iterations";

    // Identity's third format: marker (1), pseudo-random function (4), iterations (4), length of the salt (4), salt, key.
    private const int FunctionAt = 1, IterationsAt = 5, SaltLengthAt = 9, HeaderLength = 13;

    [Fact]
    public async Task PW_07_A_stored_hash_is_slow_salted_and_names_its_parameters()
    {
        await using var server = await TestServer.StartAsync(postgres, (Iterations, $"{new PasswordOptions().Iterations}"));
        using var client = server.Client();
        var one = await StoredAsync(server, await client.RegisterSomebodyAsync());
        var other = await StoredAsync(server, await client.RegisterSomebodyAsync());
        Assert.Equal(1, one[0]);
        Assert.Equal(2u, Number(one, FunctionAt));
        Assert.True(Number(one, IterationsAt) >= PasswordOptions.FewestIterations);
        Assert.True(Number(one, SaltLengthAt) >= 16);
        Assert.NotEqual(one[HeaderLength..], other[HeaderLength..]);
    }

    [Fact]
    public async Task PW_07_A_hash_that_cannot_be_obeyed_is_a_wrong_password_in_bounded_time()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var good = await StoredAsync(server, person);
        foreach (var (defect, hash) in Defects(good))
        {
            await server.Database.ExecuteAsync("UPDATE users SET password_hash = @hash", ("hash", hash));
            var started = Stopwatch.StartNew();
            var answer = await client.LoginAsync(person);
            Assert.True(answer.Status == 401 && answer["code"] == "invalid_credentials", $"{defect}: {answer}");
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"{defect}: {started.Elapsed}");
        }
        Assert.Equal(0, await server.Database.CountAsync("sessions"));
    }

    private static IEnumerable<(string Defect, string Hash)> Defects(byte[] good)
    {
        yield return ("2^31 iterations", With(good, IterationsAt, 1u << 31));
        yield return ("2^31 - 1 iterations", With(good, IterationsAt, int.MaxValue));
        yield return ("as many as 32 bits hold", With(good, IterationsAt, uint.MaxValue));
        yield return ("none", With(good, IterationsAt, 0));
        yield return ("unknown function", With(good, FunctionAt, 99));
        yield return ("huge salt", With(good, SaltLengthAt, int.MaxValue));
        yield return ("negative salt", With(good, SaltLengthAt, uint.MaxValue));
        yield return ("no salt", With(good, SaltLengthAt, 0));
        yield return ("header only", Convert.ToBase64String(good[..HeaderLength]));
        yield return ("cut off", Convert.ToBase64String(good[..20]));
        yield return ("second format", Convert.ToBase64String([0, .. good[1..49]]));
        yield return ("unknown format", Convert.ToBase64String([7, .. good[1..]]));
        yield return ("too long", Convert.ToBase64String(new byte[192]));
        yield return ("not Base64", "no hash at all!");
        yield return ("empty", "");
    }

    private static string With(byte[] hash, int at, uint number)
    {
        var spoilt = (byte[])hash.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(spoilt.AsSpan(at), number);
        return Convert.ToBase64String(spoilt);
    }

    [Fact]
    public async Task PW_08_A_sign_in_under_raised_parameters_rehashes_the_password_even_two_at_once()
    {
        await using var before = await TestServer.StartAsync(postgres, (Iterations, "1000"));
        using var early = before.Client();
        var person = await early.RegisterSomebodyAsync();
        Assert.Equal(1000u, Number(await StoredAsync(before, person), IterationsAt));
        await using var after = await TestServer.StartOnAsync(before.Database.ConnectionString, (Iterations, "3000"));
        using var client = after.Client();
        var answers = await Task.WhenAll(client.LoginAsync(person), client.LoginAsync(person));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(3000u, Number(await StoredAsync(after, person), IterationsAt));
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    /// <summary>Those who wait together are hashed together: right and wrong, of today's parameters, older ones and another function.</summary>
    [Fact]
    public async Task PW_07_A_crowd_that_signs_in_at_once_has_each_their_own_answer()
    {
        const int crowd = 10, today = 100_000;
        await using var before = await TestServer.StartAsync(postgres, (Iterations, "1000"));
        using var early = before.Client();
        var (older, foreign) = (await early.RegisterSomebodyAsync(), await early.RegisterSomebodyAsync());
        await before.Database.ExecuteAsync(
            "UPDATE users SET password_hash = @hash WHERE email = @email", ("hash", Foreign(foreign.Password)), ("email", foreign.Email));
        await using var server = await TestServer.StartOnAsync(before.Database.ConnectionString, (Iterations, $"{today}"));
        using var client = server.Client();
        var people = new List<Person> { older, foreign };
        while (people.Count < crowd)
        {
            people.Add(await client.RegisterSomebodyAsync());
        }
        var right = Task.WhenAll(people.Select(client.LoginAsync));
        var wrong = Task.WhenAll(people.Select(person => client.LoginAsync(person with { Password = person.Password + "!" })));
        var nobodys = Task.WhenAll(people.Select(person => client.LoginAsync(person with { Email = Some.Email() })));
        Assert.All(await right, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.All([.. await wrong, .. await nobodys], answer => Assert.True(answer.Status == 401 && answer["code"] == "invalid_credentials", answer.ToString()));
        Assert.All([await StoredAsync(server, older), await StoredAsync(server, foreign)], hash => Assert.Equal((2u, (uint)today), (Number(hash, FunctionAt), Number(hash, IterationsAt))));
    }

    /// <summary>By PBKDF2-HMAC-SHA256, which is number 1.</summary>
    private static string Foreign(string password)
    {
        const int iterations = 2000, saltLength = 16, keyLength = 32;
        var hash = new byte[HeaderLength + saltLength + keyLength];
        hash[0] = 1;
        RandomNumberGenerator.Fill(hash.AsSpan(HeaderLength, saltLength));
        Rfc2898DeriveBytes.Pbkdf2(password, hash.AsSpan(HeaderLength, saltLength), hash.AsSpan(HeaderLength + saltLength), iterations, HashAlgorithmName.SHA256);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(FunctionAt), 1);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(IterationsAt), iterations);
        BinaryPrimitives.WriteUInt32BigEndian(hash.AsSpan(SaltLengthAt), saltLength);
        return Convert.ToBase64String(hash);
    }

    private static async Task<byte[]> StoredAsync(TestServer server, Person person) => Convert.FromBase64String(
        await server.Database.ScalarAsync<string>("SELECT password_hash FROM users WHERE email = @email", ("email", person.Email)));

    private static uint Number(byte[] hash, int at) => BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(at));
}
