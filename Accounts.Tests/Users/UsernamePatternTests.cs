using Accounts.Tests.Profile;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>What the operator asks of a username beyond the product's rule.</summary>
public sealed class UsernamePatternTests(UsernamePatternTests.Strict shared) : IClassFixture<UsernamePatternTests.Strict>
{
    private const string Hint = "Small letters and digits, a letter first.";

    [Theory]
    [InlineData("ab", "Ensure this field has at least 3 characters.")]
    [InlineData("abcdefghijk", "Ensure this field has no more than 10 characters.")]
    [InlineData("Abcd", Hint), InlineData("1abc", Hint), InlineData("ab.c", Hint), InlineData("abc_", Hint)]
    public async Task RE_07_A_name_that_does_not_fit_is_refused(string name, string mistake)
    {
        using var client = shared.Server.Client();
        var answer = await client.RegisterAsync(Some.Person() with { Username = name });
        Assert.Equal(400, answer.Status);
        Assert.Equal($"[\"{mistake}\"]", answer["username"]);
    }

    [Fact]
    public async Task RE_07_Who_has_another_already_keeps_it_and_changes_it_only_to_one_that_fits()
    {
        using var client = shared.Server.Client();
        var person = Some.Person() with { Username = $"n{Random.Shared.Next(100_000, 999_999)}" };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await client.SignInAsync(person);
        await shared.Server.Database.ChangeAsync(person, "username = 'Old.Name', username_key = 'old.name'");
        Assert.Equal(200, (await client.PatchMeAsync(new { first_name = "Ann" })).Status);
        Assert.Equal(200, (await client.PatchMeAsync(new { username = $"n{Random.Shared.Next(100_000, 999_999)}" })).Status);
        var answer = await client.PatchMeAsync(new { username = "Old.Name" });
        Assert.Equal($"[\"{Hint}\"]", answer["username"]);
    }

    /// <summary>The one that makes others count for hours, by whoever runs with backtracking.</summary>
    [Fact]
    public async Task RE_07_No_name_makes_a_pattern_run_long()
    {
        await using var server = await TestServer.StartAsync(shared.Postgres, ("Accounts:Usernames:Pattern", "(a+)+"));
        using var client = server.Client();
        var clock = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal("[\"Enter a valid username. This value must match (a+)+.\"]", (await client.RegisterAsync(Some.Person() with { Username = new string('a', 149) + "b" }))["username"]);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20));
        Assert.Equal(201, (await client.RegisterAsync(Some.Person() with { Username = new string('a', 149) })).Status);
    }

    public sealed class Strict(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Usernames:MinimumLength", "3"), ("Accounts:Usernames:MaximumLength", "10"), ("Accounts:Usernames:Pattern", "[a-z][a-z0-9]*"), ("Accounts:Usernames:PatternHint", Hint))
    {
        public Postgres Postgres { get; } = postgres;
    }
}
