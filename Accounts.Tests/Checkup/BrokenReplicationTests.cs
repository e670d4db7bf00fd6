using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>What is wrong with the database's standbys, each fault made with a real one, with the sentence that it gets.</summary>
[Trait("Pace", "long")]
public sealed class BrokenReplicationTests(LaggingStandby pair) : IClassFixture<LaggingStandby>
{
    /// <summary>A PostgreSQL of the tests forces nothing to disk, and so waits for nobody.</summary>
    private string Durable => $"{pair.Primary.ConnectionString};Options=-c synchronous_commit=on";

    [Fact]
    public async Task CF_01_A_standby_that_is_far_behind_is_told_by_its_name()
    {
        await Until.TrueAsync(async () => await pair.SecondsBehindAsync() > 31, "the standby is 31 s behind", TimeSpan.FromMinutes(2));
        (await Doctor.AskAsync(Durable)).Finds("replication", FindingLevel.Warning, $"The standby {LaggingStandby.Name} is 3");
    }

    [Theory]
    [InlineData("nobody", "waits for a standby, and none of those it names is connected: every commit hangs")]
    [InlineData("2 (behind, nobody)", "waits for 2 standbys, and 1 of those it names is connected: every commit hangs")]
    [InlineData("ANY 2 (behind, nobody)", "waits for 2 standbys, and 1 of those it names is connected: every commit hangs")]
    [InlineData("behind, nobody", null), InlineData("FIRST 1 (behind, nobody)", null), InlineData("any 1 (*)", null)]
    public async Task CF_01_Commits_that_wait_for_a_standby_that_is_gone_are_told(string names, string? words)
    {
        await pair.WaitForAsync(names);
        var findings = await Doctor.AskAsync(Durable);
        await pair.WaitForAsync("");
        Assert.Equal(words is null ? 0 : 1, findings.Count(finding => finding is { Check: "replication", Level: FindingLevel.Problem }));
        if (words is not null)
        {
            findings.Finds("replication", FindingLevel.Problem, words);
        }
    }

    [Fact]
    public async Task CF_01_A_standby_in_the_primarys_place_is_told() =>
        (await Doctor.AskAsync(pair.StandbyConnectionString)).Finds("database", FindingLevel.Problem, "is a standby, to which nothing can be written: name the primary in ConnectionStrings__Accounts");
}
