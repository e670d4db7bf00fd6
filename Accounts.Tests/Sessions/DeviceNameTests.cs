using System.Diagnostics;
using Accounts.Core;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>What real user agents of this year are called.</summary>
public sealed class DeviceNameTests
{
    private static readonly (string Name, string UserAgent)[] Lines =
        [.. Repository.Read("Accounts.Tests/Sessions/user-agents.tsv").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')).Select(parts => (parts[0], parts[1]))];

    [Fact]
    public void Every_device_is_called_what_it_is_and_what_is_unknown_is_not_guessed()
    {
        Assert.InRange(Lines.Length, 60, int.MaxValue);
        Assert.Equal(Lines, Lines.Select(line => (DeviceName.Of(line.UserAgent).ToString(), line.UserAgent)));
    }

    /// <summary>A stranger's text has no place in a mail.</summary>
    [Fact]
    public void No_word_of_a_user_agents_own_is_in_its_name() => Assert.All(
        Lines, line => Assert.DoesNotMatch("(?i)prize|evil", DeviceName.Of($"{line.UserAgent} (Prize; https://evil.example) Prize/1").ToString()));

    [Theory]
    [InlineData("("), InlineData("Mozilla/5.0 (("), InlineData("Mozilla/5.0 (Macintosh; ((a) "), InlineData(") ")]
    public void The_longest_and_oddest_takes_no_time(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, Device.LongestUserAgent))[..Device.LongestUserAgent];
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 100; i++)
        {
            DeviceName.Of(text);
        }
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }
}
