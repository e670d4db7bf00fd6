using Accounts.Core.Throttling;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>Counting in memory that has an end.</summary>
public sealed class WindowTableTests
{
    /// <summary>With its share of what its set takes.</summary>
    private const int BytesOfPlace = 40;

    private readonly Clock clock = new();
    private readonly WindowTable table;

    public WindowTableTests() => table = new(TimeSpan.FromMinutes(1), clock);

    [Fact]
    public void A_window_lets_its_limit_through_and_begins_anew_when_it_is_over()
    {
        Assert.Equal([null, null, null], Enumerable.Range(0, 3).Select(_ => table.Count(7, 3)));
        clock.Seconds += 20;
        Assert.Equal(TimeSpan.FromSeconds(40), table.Count(7, 3));
        Assert.Null(table.Count(8, 3));
        clock.Seconds += 40;
        Assert.Null(table.Count(7, 3));
    }

    [Fact]
    public void RL_03_A_million_networks_take_no_more_memory_than_the_places_refuse_nobody_else_and_make_no_guesser_forgotten()
    {
        for (var i = 0; i < 100; i++)
        {
            table.Count(1, 100);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refused = 0;
        for (var network = 2u; network < 1_000_000; network++)
        {
            refused += table.Count(network, 1) is null ? 0 : 1;
        }
        Assert.Equal(0, refused);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, WindowTable.Places * BytesOfPlace);
        before = GC.GetAllocatedBytesForCurrentThread();
        for (var network = 1_000_000u; network < 2_000_000; network++)
        {
            table.Count(network, 1);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1024);
        Assert.NotNull(table.Count(1, 100));
    }

    private sealed class Clock : TimeProvider
    {
        public long Seconds { get; set; }

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Seconds + 1000;
    }
}
