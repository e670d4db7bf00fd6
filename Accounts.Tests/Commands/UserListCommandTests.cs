using System.Text.Json;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Commands;

/// <summary>Users, found by an operator.</summary>
public sealed class UserListCommandTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private readonly string prefix = Some.Username();
    private ApiClient client = null!;

    /// <summary>Three, of whom each is something that the others are not.</summary>
    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        foreach (var (name, assignment) in new[] { ("a", "email_verified = true, roles = '{editor}'"), ("b", "is_active = false"), ("c", "email_verified = true, first_name = E'\\x1b[31mC'") })
        {
            Assert.Equal(201, (await client.RegisterAsync($"{prefix}{name}", $"{prefix}{name}@example.test")).Status);
            await server.Database.ExecuteAsync($"UPDATE users SET {assignment} WHERE username = @name", ("name", $"{prefix}{name}"));
        }
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("cba"), InlineData("a", "--role", "editor"), InlineData("ca", "--active"), InlineData("b", "--inactive"), InlineData("ca", "--verified"), InlineData("b", "--unverified")]
    [InlineData("", "--role", "nobodys"), InlineData("c", "--page", "1", "--page-size", "1"), InlineData("b", "--page", "2", "--page-size", "1"), InlineData("ca", "--active", "--verified")]
    public async Task They_are_found_by_the_filters_of_the_API(string expected, params string[] filters)
    {
        var run = await server.DoneAsync(["users", "list", "--search", prefix, "--json", .. filters]);
        Assert.Equal(
            expected.Select(name => $"{prefix}{name}"), run.Json.GetProperty("results").EnumerateArray().Select(user => user.GetProperty("username").GetString()));
        Assert.Equal(expected is "c" or "b" && filters[0] == "--page" ? 3 : expected.Length, run.Json.GetProperty("count").GetInt32());
    }

    [Fact]
    public async Task A_row_has_the_members_of_the_API_and_a_line_what_matters()
    {
        using var admin = server.Client();
        await server.SignInAdministratorAsync(admin);
        var listed = (await admin.GetAsync($"{AdminSteps.Users}?search={prefix}")).Json.GetProperty("results");
        var json = (await server.DoneAsync("users", "list", "--search", prefix, "--json")).Json.GetProperty("results");
        Assert.Equal(JsonSerializer.Serialize(listed), JsonSerializer.Serialize(json));
        var lines = (await server.DoneAsync("users", "list", "--search", prefix)).Lines;
        Assert.EndsWith($"  {prefix}a  {prefix}a@example.test  active  editor", lines[2], StringComparison.Ordinal);
        Assert.EndsWith($"  {prefix}b  {prefix}b@example.test (not verified)  deactivated", lines[1], StringComparison.Ordinal);
        Assert.Equal("Page 1 of 1, 3 users.", lines[3]);
        Assert.Equal("Page 1 of 1, 1 user.", (await server.DoneAsync("users", "list", "--search", $"{prefix}a")).Lines[1]);
    }

    [Theory]
    [InlineData("2"), InlineData("0"), InlineData("-1")]
    public async Task A_page_that_is_not_there_is_told(string page) =>
        (await server.CommandAsync("users", "list", "--search", prefix, $"--page={page}")).AssertRefused($"There is no page {page}.");

    [Theory]
    [InlineData("0"), InlineData("-1"), InlineData("101")]
    public async Task A_number_of_lines_that_no_page_has_is_not_understood(string size)
    {
        var run = await server.CommandAsync("users", "list", "--page-size", size);
        Assert.Equal((2, ""), (run.ExitCode, run.Output));
        Assert.Contains("--page-size is a number from 1 to 100.", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--active", "--inactive"), InlineData("--verified", "--unverified"), InlineData("--page", "first")]
    public async Task What_contradicts_itself_is_not_understood(params string[] filters) =>
        Assert.Equal(2, (await server.CommandAsync(["users", "list", .. filters])).ExitCode);

    [Fact]
    public async Task LG_03_Nothing_that_a_user_has_chosen_reaches_the_terminal_as_a_command_of_its() =>
        Assert.Contains("name          [31mC", (await server.DoneAsync("users", "show", $"{prefix}c")).Lines);
}
