using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Accounts.Core.Passwords;
using Accounts.Tests.Support;
using Xunit;
using static Accounts.Tests.Passwords.StoredHashes;

namespace Accounts.Tests.Passwords;

public sealed class PasswordHashTests(SharedServer shared, Postgres postgres) : IClassFixture<SharedServer>
{
    private const string Algorithm = "Accounts:Passwords:Algorithm", MemoryKiB = "Accounts:Passwords:MemoryKiB", Passes = "Accounts:Passwords:Passes";
    private const string Iterations = "Accounts:Passwords:Iterations";

    // Base64 of 16 and of 32 bytes.
    private const string Salt = "c2l4dGVlbiBieXRlIHNsdA", Key = "8lZdn7ZbGot1Dn+kvqkWbpoHgz0mP3xZtcNB9tGpc8Y";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task PW_07_A_stored_hash_is_slow_salted_and_names_its_parameters()
    {
        var usual = new PasswordOptions();
        await using var configured = await TestServer.StartAsync(postgres, (MemoryKiB, $"{usual.MemoryKiB}"), (Passes, $"{usual.Passes}"));
        using var client = configured.Client();
        var one = await configured.Database.HashAsync(await client.RegisterSomebodyAsync());
        var other = await configured.Database.HashAsync(await client.RegisterSomebodyAsync());
        Assert.Matches(@"^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}\z", one);
        Assert.Equal(4, one.Split('$').Zip(other.Split('$')).Count(pair => pair.First == pair.Second));
    }

    [Fact]
    public async Task PW_07_Where_Argon2_is_not_wanted_a_hash_is_Identitys()
    {
        await using var configured = await TestServer.StartAsync(postgres, (Algorithm, "PBKDF2"), (Iterations, $"{new PasswordOptions().Iterations}"));
        using var client = configured.Client();
        var one = Convert.FromBase64String(await configured.Database.HashAsync(await client.RegisterSomebodyAsync()));
        var other = Convert.FromBase64String(await configured.Database.HashAsync(await client.RegisterSomebodyAsync()));
        Assert.Equal((1, 2u), (one[0], Number(one, FunctionAt)));
        Assert.True(Number(one, IterationsAt) >= PasswordOptions.FewestIterations);
        Assert.True(Number(one, SaltLengthAt) >= 16);
        Assert.NotEqual(one[HeaderLength..], other[HeaderLength..]);
    }

    [Fact]
    public async Task PW_07_Hashes_of_another_implementation_verify_their_passwords_and_no_others()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var vectors = Lines("argon2-vectors.tsv");
        Assert.NotEmpty(vectors);
        foreach (var vector in vectors)
        {
            var (password, hash) = (vector.Split('\t')[0], vector.Split('\t')[1]);
            await server.Database.PlantHashAsync(person, hash);
            (await client.LoginAsync(person with { Password = password[..^1] + '~' })).AssertRefused(401, "invalid_credentials");
            Assert.Equal(200, (await client.LoginAsync(person with { Password = password })).Status);
            Assert.Equal(hash, await server.Database.HashAsync(person));
        }
    }

    [Fact]
    public async Task PW_07_A_hash_that_cannot_be_obeyed_is_a_wrong_password_in_bounded_time()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var sessions = await server.Database.LiveSessionsAsync(person);
        var hostile = Lines("hostile-hashes.txt");
        Assert.NotEmpty(hostile);
        foreach (var hash in hostile.Concat(DefectsOfArgon2()).Concat(DefectsOfIdentitys(Convert.FromBase64String(Pbkdf2(person.Password, 1000)))))
        {
            await server.Database.PlantHashAsync(person, hash);
            var started = Stopwatch.StartNew();
            var answer = await client.LoginAsync(person);
            Assert.True(answer.Status == 401 && answer["code"] == "invalid_credentials", $"{hash}: {answer}");
            Assert.True(started.Elapsed < TimeSpan.FromSeconds(10), $"{hash}: {started.Elapsed}");
        }
        Assert.Equal(sessions, await server.Database.LiveSessionsAsync(person));
    }

    /// <summary>Each in one thing alone.</summary>
    private static string[] DefectsOfArgon2() =>
    [
        Phc("m=131073,t=1,p=1"), Phc("m=19456,t=11,p=1"), Phc("m=7,t=2,p=1"), Phc("m=19456,t=0,p=1"), Phc("m=19456,t=2,p=2"),
        Phc("m=019456,t=2,p=1"), Phc("m=19456,t=02,p=1"), Phc("m=+19456,t=2,p=1"), Phc("m=-1,t=2,p=1"), Phc("m=99999999999999999999,t=2,p=1"),
        Phc("t=2,m=19456,p=1"), Phc("m=19456,t=2"), Phc("m=19456,t=2,p=1,keyid=a"), Phc("m=19456,t=2,p=1", salt: Salt[..11]),
        Phc("m=19456,t=2,p=1", salt: Salt + "AAAA"), Phc("m=19456,t=2,p=1", salt: Salt[..^1] + "B"), Phc("m=19456,t=2,p=1", salt: Salt[..^1] + "="),
        Phc("m=19456,t=2,p=1", key: Key[..20]), Phc("m=19456,t=2,p=1", key: new string('A', 88)), Phc("m=19456,t=2,p=1", key: Key[..^2]),
        Phc("m=19456,t=2,p=1", key: Key[..^1] + "Z"), Phc("m=19456,t=2,p=1", key: Key + "="), Phc("m=19456,t=2,p=1", key: Key + "\n"),
        Phc("m=19456,t=2,p=1").Replace("v=19", "v=16"), Phc("m=19456,t=2,p=1").Replace("$v=19", ""), Phc("m=19456,t=2,p=1").Replace("id", "i"),
        " " + Phc("m=19456,t=2,p=1"), Phc("m=19456,t=2,p=1") + "$",
    ];

    private static string Phc(string parameters, string salt = Salt, string key = Key) => $"$argon2id$v=19${parameters}${salt}${key}";

    private static string[] DefectsOfIdentitys(byte[] good) =>
    [
        With(good, IterationsAt, 1u << 31), With(good, IterationsAt, int.MaxValue), With(good, IterationsAt, uint.MaxValue), With(good, IterationsAt, 0),
        With(good, FunctionAt, 99), With(good, SaltLengthAt, int.MaxValue), With(good, SaltLengthAt, uint.MaxValue), With(good, SaltLengthAt, 0),
        Convert.ToBase64String(good[..HeaderLength]), Convert.ToBase64String(good[..20]), Convert.ToBase64String([0, .. good[1..49]]),
        Convert.ToBase64String([7, .. good[1..]]), Convert.ToBase64String(new byte[192]), "no hash at all!", "",
    ];

    private static string With(byte[] hash, int at, uint number)
    {
        var spoilt = (byte[])hash.Clone();
        BinaryPrimitives.WriteUInt32BigEndian(spoilt.AsSpan(at), number);
        return Convert.ToBase64String(spoilt);
    }

    [Theory]
    [InlineData("argon2id", 8, 2, 1000, "argon2id", 16, 2, 1000, "$argon2id$v=19$m=16,t=2,p=1$")]
    [InlineData("argon2id", 16, 1, 1000, "argon2id", 8, 2, 1000, "$argon2id$v=19$m=8,t=2,p=1$")]
    [InlineData("argon2id", 16, 2, 1000, "argon2id", 8, 1, 1000, "$argon2id$v=19$m=16,t=2,p=1$")]
    [InlineData("pbkdf2", 8, 1, 1000, "argon2id", 8, 1, 1000, "$argon2id$v=19$m=8,t=1,p=1$")]
    [InlineData("argon2id", 8, 1, 1000, "pbkdf2", 8, 1, 1000, "1000")]
    [InlineData("pbkdf2", 8, 1, 1000, "pbkdf2", 8, 1, 3000, "3000")]
    [InlineData("pbkdf2", 8, 1, 3000, "pbkdf2", 8, 1, 1000, "3000")]
    public async Task PW_08_A_sign_in_rehashes_what_is_made_otherwise_today_or_asks_for_less_even_two_at_once(
        string algorithm, int memory, int passes, int iterations, string laterAlgorithm, int laterMemory, int laterPasses, int laterIterations, string expected)
    {
        await using var before = await TestServer.StartAsync(postgres, Settings(algorithm, memory, passes, iterations));
        using var early = before.Client();
        var person = await early.RegisterSomebodyAsync();
        await using var after = await TestServer.StartOnAsync(before.Database.ConnectionString, Settings(laterAlgorithm, laterMemory, laterPasses, laterIterations));
        using var client = after.Client();
        var answers = await Task.WhenAll(client.LoginAsync(person), client.LoginAsync(person));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        Assert.Equal(expected, ParametersOf(await after.Database.HashAsync(person)));
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    private static (string, string)[] Settings(string algorithm, int memory, int passes, int iterations) =>
        [(Algorithm, algorithm), (MemoryKiB, $"{memory}"), (Passes, $"{passes}"), (Iterations, $"{iterations}")];

    [Fact]
    public async Task PW_07_A_crowd_that_signs_in_at_once_has_each_their_own_answer()
    {
        const int ofEach = 4;
        using var client = server.Client();
        var people = await Task.WhenAll(Enumerable.Range(0, 3 * ofEach).Select(_ => client.RegisterSomebodyAsync()));
        foreach (var person in people[..ofEach])
        {
            await server.Database.PlantHashAsync(person, Pbkdf2(person.Password, 20_000));
        }
        foreach (var person in people[ofEach..(2 * ofEach)])
        {
            await server.Database.PlantHashAsync(person, Foreign(person.Password));
        }
        var right = Task.WhenAll(people.Select(client.LoginAsync));
        var wrong = Task.WhenAll(people.Select(person => client.LoginAsync(person with { Password = person.Password + "!" })));
        var nobodys = Task.WhenAll(people.Select(person => client.LoginAsync(person with { Email = Some.Email() })));
        Assert.All(await right, answer => Assert.True(answer.Status == 200, answer.ToString()));
        Assert.All([.. await wrong, .. await nobodys], answer => Assert.True(answer.Status == 401 && answer["code"] == "invalid_credentials", answer.ToString()));
        Assert.All(await Task.WhenAll(people.Select(server.Database.HashAsync)), hash => Assert.StartsWith("$argon2id$", hash, StringComparison.Ordinal));
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

    private static uint Number(byte[] hash, int at) => BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(at));
}
