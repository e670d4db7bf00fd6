using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Import;

/// <summary><c>--verify-with</c>: before the move, whether hashes match.</summary>
public sealed class HashSampleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    private async Task<CommandRun> VerifyAsync(string sample, string[] rows, params string[] words)
    {
        using var file = new TemporaryFile(string.Join('\n', [ImportSteps.Header, .. rows]));
        using var passwords = new TemporaryFile(sample);
        return await server.CommandAsync(["import", "csv", file.Path, "--verify-with", passwords.Path, .. words]);
    }

    [Fact]
    public async Task SG_17_It_says_how_many_match_and_which_lines_do_not_and_writes_nothing_and_prints_no_password()
    {
        var (ann, bob, cid) = (Some.Person(), Some.Person(), Some.Person());
        string[] rows = [ann.Row("1"), bob.Row("2"), cid.Row("3", hash: "!"), Some.Person().Row("4", hash: "pbkdf2_sha256$2147483647$salt$AAAA")];
        var sample = $"{ann.Email.ToUpperInvariant()},{ImportSteps.OldPassword}\n{bob.Username},\"{ImportSteps.OldPassword}x\"\n{cid.Email},whatever-9\nnobody,whatever-9\n4,whatever-9\n";
        var before = await server.Database.SettledDumpAsync();
        var run = await VerifyAsync(sample, rows);
        Assert.Equal((3, ""), (run.ExitCode, run.Errors));
        Assert.Equal(
            ["1 of 5 passwords match the hashes there.", "line 2: the password does not match the hash", "line 3: has no password there", "line 4: nobody there has this address, username or id"], run.Lines[..4]);
        Assert.StartsWith("line 5: The password's hash is refused: ", run.Lines[4], StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("whatever", run.Output, StringComparison.Ordinal);
        Assert.Equal(before, await server.Database.DumpAsync());
    }

    [Fact]
    public async Task Where_all_match_it_ends_with_0_and_as_JSON_it_has_the_counts()
    {
        var ann = Some.Person();
        var run = await VerifyAsync($"{ann.Username},{ImportSteps.OldPassword}", [ann.Row("1")], "--json");
        Assert.Equal((0, 1, 0), (run.ExitCode, run.Json.GetProperty("matching").GetInt32(), run.Json.GetProperty("failing").GetArrayLength()));
    }

    [Fact]
    public async Task A_line_that_is_no_pair_is_told_without_what_stands_in_it()
    {
        var run = await VerifyAsync("ann,secret-9\nann secret-9\n", [Some.Person().Row("1")]);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("line 2: write identifier,password on each line.", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Errors, StringComparison.Ordinal);
    }
}
