using System.Diagnostics;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>Secrets come from files and the environment; the repository has none, today or in its past.</summary>
public sealed partial class SecretScanTests
{
    [Fact]
    public async Task CF_02_No_commit_has_ever_held_a_private_key_a_token_or_a_file_of_settings()
    {
        var history = await GitAsync("log", "--all", "--full-history", "-p", "--no-color", "--format=commit %h", "--", ".", ":!*.jsonl");
        Assert.Contains("+++ b/README.md", history, StringComparison.Ordinal);
        Assert.DoesNotContain(history.Split('\n'), line => line.StartsWith('+') && Secret().IsMatch(line));
        Assert.DoesNotMatch(@"(?m)^\+\+\+ b/(.*/)?(\.env|secret-key|.*\.(pfx|p12|pem|key))$", history);
    }

    [Fact]
    public async Task CF_02_What_holds_secrets_here_is_ignored_by_git()
    {
        foreach (var file in new[] { ".env", ".data/secret-key", ".data/postgres/PG_VERSION" })
        {
            Assert.Equal(file, (await GitAsync("check-ignore", file)).Trim());
        }
    }

    private static async Task<string> GitAsync(params string[] words)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", Repository.Folder, .. words]) { RedirectStandardOutput = true })!;
        var output = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return output;
    }

    /// <summary>Keys as they are exported, and tokens as providers make them.</summary>
    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----|ghp_[A-Za-z0-9]{30}|github_pat_[A-Za-z0-9_]{30}|AKIA[0-9A-Z]{16}|GOCSPX-[A-Za-z0-9_-]{20}|xox[bp]-[0-9]{6}|(SecretKey|SMTP_PASSWORD)=[A-Za-z0-9+/]{40,}")]
    private static partial Regex Secret();
}
