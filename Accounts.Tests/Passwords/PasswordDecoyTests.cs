using Accounts.Core.Passwords;
using Accounts.Tests.Import;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>A table in which half of the hashes are Argon2id's and half still PBKDF2's, which takes several times as long: nobody's take as long as somebody's.</summary>
[Collection(typeof(Alone)), Trait("Pace", "long")]
public sealed class PasswordDecoyTests(PasswordDecoyTests.Mixed shared, Postgres postgres) : IClassFixture<PasswordDecoyTests.Mixed>
{
    private const int Requests = 10;
    private const string Typed = "not the password at all", Decomposed = "not the passworde\u0301";

    private readonly TestServer server = shared.Server;
    private readonly PasswordDecoys decoys = shared.Server.Services.GetRequiredService<PasswordDecoys>();

    public sealed class Mixed(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Passwords:MemoryKiB", "19456"), ("Accounts:Passwords:Passes", "2")), IAsyncLifetime
    {
        public const int OfEach = 5;

        public Person[] People { get; } = [.. Enumerable.Range(0, 2 * OfEach).Select(_ => Some.Person())];

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            using var client = Server.Client();
            foreach (var person in People)
            {
                Assert.Equal(201, (await client.RegisterAsync(person)).Status);
            }
            var hash = StoredHashes.Pbkdf2(Some.Password, 220_000);
            foreach (var person in People[OfEach..])
            {
                await Server.Database.PlantHashAsync(person, hash);
            }
            await CountAsync(Server);
        }
    }

    private static Task CountAsync(TestServer server) =>
        server.Services.GetRequiredService<DecoyWorker>().CountAsync(CancellationToken.None);

    [Fact]
    public void SG_17_So_many_of_nobodys_hashes_are_of_a_kind_as_of_users_and_each_is_always_the_same()
    {
        string[] nobody = [.. Enumerable.Range(0, 2000).Select(i => $"nobody{i}@example.test")];
        var argon2 = nobody.Count(DrawsArgon2);
        Assert.InRange(argon2, 900, 1100);
        Assert.Equal(argon2, nobody.Count(DrawsArgon2));
        Assert.Equal(["$argon2id$v=19$m=19456,t=2,p=1$", "220000"], nobody.Select(one => StoredHashes.ParametersOf(decoys.For(one))).Distinct().Order(StringComparer.Ordinal));
    }

    private bool DrawsArgon2(string identifier) => decoys.For(identifier).StartsWith('$');

    [Theory]
    [InlineData("argon2id", "$argon2id$v=19$m=16,t=3,p=1$")]
    [InlineData("pbkdf2", "2000")]
    public async Task SG_17_A_fresh_server_draws_what_it_would_store(string algorithm, string expected)
    {
        await using var fresh = await TestServer.StartAsync(
            postgres, ("Accounts:Passwords:Algorithm", algorithm), ("Accounts:Passwords:MemoryKiB", "16"), ("Accounts:Passwords:Passes", "3"), ("Accounts:Passwords:Iterations", "2000"));
        var fromStart = fresh.Services.GetRequiredService<PasswordDecoys>();
        Assert.Equal(expected, StoredHashes.ParametersOf(fromStart.For(Some.Email())));
        await CountAsync(fresh);
        Assert.Equal(expected, StoredHashes.ParametersOf(fromStart.For(Some.Email())));
    }

    [Fact]
    public async Task SG_17_After_an_import_nobodys_hashes_are_of_its_kinds_without_a_restart()
    {
        await using var own = await TestServer.StartAsync(postgres);
        var worker = own.Services.GetRequiredService<DecoyWorker>();
        await worker.LookAsync(CancellationToken.None);
        await own.ImportAsync([Some.Person().Row("1")]);
        var drawn = own.Services.GetRequiredService<PasswordDecoys>();
        await Until.TrueAsync(async () =>
        {
            await worker.LookAsync(CancellationToken.None);
            return drawn.For("nobody").StartsWith("pbkdf2", StringComparison.Ordinal);
        }, "the import has been seen");
    }

    /// <summary>One that is damaged is of the kind that it begins with, whose cost is bounded: which are damaged would be seen by reading each.</summary>
    [Fact]
    public async Task SG_17_Kinds_that_are_never_obeyed_are_in_no_share()
    {
        string[] damaged = ["pbkdf2_sha256$20000$", "bcrypt_sha256$$2b$12$", "argon2$argon2id$v=19$m=102400,t=2,p=8$", "md5$"];
        await using var own = await TestServer.StartAsync(postgres);
        using var client = own.Client();
        foreach (var hash in StoredHashes.Lines("hostile-hashes.txt"))
        {
            await own.Database.PlantHashAsync(await client.RegisterSomebodyAsync(), hash);
        }
        var rare = await client.RegisterSomebodyAsync();
        await own.Database.PlantHashAsync(rare, StoredHashes.Pbkdf2(rare.Password, 1234));
        await CountAsync(own);
        var drawn = own.Services.GetRequiredService<PasswordDecoys>();
        var kinds = Enumerable.Range(0, 200).Select(i => drawn.For($"{i}")).Select(hash => hash.Contains('$') ? HashVector.HeadOf(hash) : StoredHashes.ParametersOf(hash)).Distinct();
        Assert.Equal(damaged.Append("1234").Order(StringComparer.Ordinal), kinds.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(true, Typed)]
    [InlineData(false, Typed)]
    [InlineData(true, Decomposed)]
    public Task RE_03_In_a_mixed_table_a_sign_in_takes_as_long_for_an_unknown_address(bool argon2, string password) =>
        AssertAlikeAsync(shared.People[argon2 ? 0 : Mixed.OfEach], argon2, password);

    [Theory]
    [InlineData("is_active = false", true)]
    [InlineData("is_active = false", false)]
    [InlineData("password_hash = NULL", null)]
    [InlineData("password_hash = '$argon2id$v=19$m=4194304,t=2,p=1$c2FsdHNhbHRzYWx0$AAAA'", null)]
    public async Task RE_03_In_a_mixed_table_a_sign_in_takes_as_long_where_no_password_can_be_right(string state, bool? argon2)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        if (argon2 == false)
        {
            await server.Database.PlantHashAsync(person, StoredHashes.Pbkdf2(person.Password, 220_000));
        }
        await server.Database.ChangeAsync(person, state);
        await AssertAlikeAsync(person, argon2 ?? DrawsArgon2(person.Email), person.Password);
    }

    /// <summary>Of an address that draws the same kind: of which kind how many are, the shares tell.</summary>
    private async Task AssertAlikeAsync(Person person, bool argon2, string password)
    {
        using var client = server.Client();
        await AlikeTimes.AssertAsync(Requests, () => FailAsync(person.Email), () => FailAsync(Nobody(argon2)));

        async Task FailAsync(string email) => Assert.Equal(401, (await client.LoginAsync(new Person("", email, password))).Status);
    }

    private string Nobody(bool argon2)
    {
        var email = Some.Email();
        return DrawsArgon2(email) == argon2 ? email : Nobody(argon2);
    }
}
