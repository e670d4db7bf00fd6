using Accounts.Core.Passwords;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>In a table of our own hashes and of others', which take from a microsecond to half a second, nobody's take as long as somebody's.</summary>
[Collection(typeof(Alone)), Trait("Pace", "long")]
public sealed class ForeignTimingTests(ForeignTimingTests.Mixed shared) : IClassFixture<ForeignTimingTests.Mixed>
{
    private const int Requests = 10;
    private const string Typed = "not the password at all", Decomposed = "not the passworde\u0301";
    private const string Own = "$argon2id$v=19$m=19456,t=2,p=1$", Unreadable = "$2b$31$abcdefghijklmnopqrstuuAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

    private readonly TestServer server = shared.Server;
    private readonly PasswordDecoys decoys = shared.Server.Services.GetRequiredService<PasswordDecoys>();

    public sealed class Mixed(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Passwords:MemoryKiB", "19456"), ("Accounts:Passwords:Passes", "2")), IAsyncLifetime
    {
        public static readonly string[] Kinds =
            [Own, "pbkdf2_sha256$260000$", "bcrypt_sha256$$2b$12$", "scrypt:32768:8:1$", "$argon2id$v=19$m=65536,t=3,p=4$", "md5$"];

        public Dictionary<string, Person> People { get; } = [];

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            var people = await Server.MoveInAsync([.. Kinds.Select(kind => HashVector.OfKind(kind).Stored)]);
            foreach (var (kind, person) in Kinds.Zip(people))
            {
                People.Add(kind, person);
            }
        }
    }

    public static TheoryData<string, string> Tried() =>
        [.. Mixed.Kinds.Select(kind => (kind, Typed)), (Mixed.Kinds[3], Decomposed)];

    [Theory]
    [MemberData(nameof(Tried))]
    public Task RE_03_Among_foreign_hashes_a_sign_in_takes_as_long_for_an_unknown_address(string kind, string password) =>
        AssertAlikeAsync(shared.People[kind].Email, () => kind, password);

    [Theory]
    [InlineData("password_hash = NULL")]
    [InlineData($"password_hash = '{Unreadable}'")]
    public async Task RE_03_Among_foreign_hashes_a_sign_in_takes_as_long_where_no_password_can_be_right(string state)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await server.Database.ChangeAsync(person, state);
        await AssertAlikeAsync(person.Email, () => HashVector.HeadOf(decoys.For(person.Email)), Typed);
    }

    /// <summary>Of an address that draws the same kind: of which kind how many are, the shares tell, and they are counted anew meanwhile.</summary>
    private async Task AssertAlikeAsync(string email, Func<string> kind, string password)
    {
        using var client = server.Client();
        await AlikeTimes.AssertAsync(Requests, () => FailAsync(email), () => FailAsync(Nobody(kind())));

        async Task FailAsync(string typed) => Assert.Equal(401, (await client.LoginAsync(new Person("", typed, password))).Status);
    }

    private string Nobody(string kind)
    {
        var email = Some.Email();
        return HashVector.HeadOf(decoys.For(email)) == kind ? email : Nobody(kind);
    }
}
