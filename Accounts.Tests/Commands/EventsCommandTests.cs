using System.Text.Json;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>Events of all users, as an operator reads them.</summary>
public sealed class EventsCommandTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        person = await server.VerifiedAsync(client);
        await admin.PutRolesAsync(await server.Database.AddressAsync(person), "editor");
        await server.DoneAsync("users", "set-roles", person.Username, "--none");
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task LG_01_A_line_says_what_happened_to_whom_and_whether_an_operator_did_it()
    {
        var id = await server.Database.IdAsync(person);
        var lines = (await server.DoneAsync("events", "list", "--user", person.Email)).Lines;
        Assert.Contains("  roles_changed ", lines[0], StringComparison.Ordinal);
        Assert.Contains($"  user {id}  An operator  ", lines[0], StringComparison.Ordinal);
        Assert.EndsWith("""  {"roles": ["editor"]} -> {"roles": []}""", lines[0], StringComparison.Ordinal);
        Assert.Contains($"  user {id}  by {await server.Database.IdAsync(administrator)}  ", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_JSON_each_line_is_a_row_of_the_API()
    {
        var id = await server.Database.IdAsync(person);
        await server.NumberEventsAsync();
        var answer = await admin.GetAsync($"{EventSteps.Lines}?user={id}");
        Assert.Equal(answer.Text, (await server.DoneAsync("events", "list", "--user", id.ToString(), "--after", "0", "--json")).Output);
    }

    [Fact]
    public async Task They_are_found_by_kind_user_actor_time_and_number()
    {
        Assert.Equal(["roles_changed", "roles_changed"], await KindsAsync("--user", person.Username, "--kind", "roles_changed"));
        Assert.Equal(["roles_changed"], await KindsAsync("--user", person.Username, "--actor", administrator.Email));
        Assert.Empty(await KindsAsync("--user", person.Username, "--since", $"{DateTime.UtcNow.AddDays(1):yyyy-MM-dd}"));
        Assert.Empty(await KindsAsync("--user", person.Username, "--until", "2020-01-01"));
        Assert.Empty(await KindsAsync("--user", Guid.NewGuid().ToString()));
        var planted = await server.Database.PlantEventsAsync(130);
        Assert.Equal(100, (await KindsAsync("--user", planted.ToString())).Length);
        var rows = await RowsAsync("--user", planted.ToString(), "--after", "0", "--limit", "120");
        Assert.Equal(120, rows.Length);
        Assert.Equal(10, (await RowsAsync("--user", planted.ToString(), "--after", $"{rows[^1].GetProperty("number")}")).Length);
    }

    [Theory]
    [InlineData("since: Enter a valid date/time, such as 2026-01-15T09:30:00Z.", "--since", "yesterday"), InlineData("until: Enter a valid date/time, such as 2026-01-15T09:30:00Z.", "--until", "x")]
    [InlineData("after: A valid integer is required.", "--after", "x"), InlineData("There is no user nobody.", "--user", "nobody"), InlineData("There is no user nobody@example.test.", "--actor", "nobody@example.test")]
    public async Task What_cannot_be_asked_for_is_told(string sentence, params string[] words) => (await server.CommandAsync(["events", "list", .. words])).AssertRefused(sentence);

    [Theory]
    [InlineData("0"), InlineData("10001"), InlineData("many"), InlineData("-1")]
    public async Task A_number_of_lines_that_is_none_is_not_understood(string limit)
    {
        var run = await server.CommandAsync("events", "list", $"--limit={limit}");
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("limit", run.Errors, StringComparison.Ordinal);
    }

    private async Task<JsonElement[]> RowsAsync(params string[] words) =>
        [.. (await server.DoneAsync(["events", "list", "--json", .. words])).Lines.Select(line => JsonDocument.Parse(line).RootElement)];

    private async Task<string[]> KindsAsync(params string[] words) => (await RowsAsync(words)).Kinds();
}
