using Accounts.Api;
using Accounts.Api.Commands;
using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>Asks the doctor about a shipped server with these settings, as the command <c>check</c> does.</summary>
internal static class Doctor
{
    public static Task<IReadOnlyList<Finding>> AskAsync(string connectionString, params (string Key, string Value)[] settings) =>
        AskAsync(TestSettings.FreePort(), connectionString, settings);

    public static Task<IReadOnlyList<Finding>> AskAsync(int port, string connectionString, params (string Key, string Value)[] settings)
    {
        (string, string)[] own = [("environment", "Production"), ("Accounts:Throttling:Enabled", "true"), .. settings];
        string[] args = [.. TestSettings.For(connectionString, port, "", own).Where(pair => !pair.Key.EndsWith("MailboxFolder", StringComparison.Ordinal)).Select(pair => $"--{pair.Key}={pair.Value}")];
        return CheckCommand.FindAsync(UnpreparedAsync, TestContext.Current.CancellationToken);

        async Task<int> UnpreparedAsync(Func<AccountsServer, Task<int>> act)
        {
            await using var server = Program.Build(args);
            return await act(server);
        }
    }

    /// <summary>It finds this, of this weight, and says so in these words.</summary>
    public static void Finds(this IReadOnlyList<Finding> findings, string check, FindingLevel level, string words)
    {
        var told = string.Join('\n', findings.Select(finding => $"{finding.Level} {finding.Check} {finding.Text}"));
        Assert.True(findings.Any(finding => finding.Check == check && finding.Level == level && finding.Text.Contains(words, StringComparison.Ordinal)), told);
    }
}
