using Accounts.Api.Providers.OpenId;
using Xunit;

namespace Accounts.Tests.Providers;

/// <summary>When a document is read again, by a clock that the test moves.</summary>
public sealed class PublishedDocumentTests : IDisposable
{
    private readonly Clock clock = new();
    private readonly PublishedDocument<string> document;
    private TaskCompletionSource<string?> next = new();
    private int fetches;

    public PublishedDocumentTests() => document = new PublishedDocument<string>(clock);

    public void Dispose() => document.Dispose();

    private async Task<string?> FetchAsync()
    {
        Interlocked.Increment(ref fetches);
        return await next.Task;
    }

    private async Task ReadAsync(string? what)
    {
        next = new();
        var waiting = document.AwaitAsync(FetchAsync, TestContext.Current.CancellationToken);
        next.SetResult(what);
        await waiting;
    }

    [Fact]
    public async Task An_old_document_serves_while_it_is_read_again_behind()
    {
        await ReadAsync("first");
        clock.Now += TimeSpan.FromMinutes(59);
        document.Refresh(FetchAsync);
        Assert.Equal(("first", 1), (document.Document, fetches));
        clock.Now += TimeSpan.FromMinutes(2);
        next = new();
        document.Refresh(FetchAsync);
        document.Refresh(FetchAsync);
        Assert.Equal("first", document.Document);
        next.SetResult("second");
        await document.AwaitAsync(FetchAsync, TestContext.Current.CancellationToken);
        Assert.Equal("second", document.Document);
    }

    [Fact]
    public async Task One_that_cannot_be_read_is_left_alone_for_half_a_minute_and_that_of_before_stays()
    {
        await ReadAsync("first");
        await ReadAsync(null);
        Assert.Equal(("first", 2), (document.Document, fetches));
        clock.Now += TimeSpan.FromSeconds(29);
        await ReadAsync("never asked for");
        Assert.Equal(("first", 2), (document.Document, fetches));
        clock.Now += TimeSpan.FromSeconds(2);
        await ReadAsync("third");
        Assert.Equal(("third", 3), (document.Document, fetches));
    }

    [Fact]
    public async Task Who_gives_up_waiting_ends_the_wait_and_not_the_fetch()
    {
        using var impatient = new CancellationTokenSource();
        var (one, other) = (document.AwaitAsync(FetchAsync, impatient.Token), document.AwaitAsync(FetchAsync, TestContext.Current.CancellationToken));
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => one);
        next.SetResult("there");
        Assert.True(await other);
        Assert.Equal(("there", 1), (document.Document, fetches));
    }

    private sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
