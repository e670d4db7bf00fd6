using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Api.Hosting;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Requests that a proxy and the server could read differently, byte by byte.</summary>
public sealed partial class SmugglingTests(SharedServer shared) : IClassFixture<SharedServer>
{
    /// <summary>Would answer 200 where it was taken for a request of its own.</summary>
    private const string Smuggled = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private const string Post = "POST /api/auth/logout/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    public static TheoryData<string, string> Ambiguous => new()
    {
        { "two lengths that differ", $"{Post}Content-Length: 2\r\nContent-Length: {2 + Smuggled.Length}\r\n\r\n{{}}{Smuggled}" },
        { "two lengths in a list", $"{Post}Content-Length: 2, {2 + Smuggled.Length}\r\n\r\n{{}}{Smuggled}" },
        { "a negative length", $"{Post}Content-Length: -2\r\n\r\n{Smuggled}" },
        { "a length with a plus", $"{Post}Content-Length: +2\r\n\r\n{{}}{Smuggled}" },
        { "a length of +0", $"{Post}Content-Length: +0\r\n\r\n{Smuggled}" },
        { "a length of -0", $"{Post}Content-Length: -0\r\n\r\n{Smuggled}" },
        { "a length with a space in it", $"{Post}Content-Length: 0 2\r\n\r\n{{}}{Smuggled}" },
        { "a length with a point", $"{Post}Content-Length: 2.0\r\n\r\n{{}}{Smuggled}" },
        { "a length in digits of another script", $"{Post}Content-Length: \u00b2\r\n\r\n{{}}{Smuggled}" },
        { "no length after the colon", $"{Post}Content-Length: \r\n\r\n{{}}{Smuggled}" },
        { "a length of forty digits", $"{Post}Content-Length: {new string('0', 39)}2\r\n\r\n{{}}{Smuggled}" },
        { "a hexadecimal length", $"{Post}Content-Length: 0x2\r\n\r\n{{}}{Smuggled}" },
        { "a length that ends with a NUL", $"{Post}Content-Length: 2\0\r\n\r\n{{}}{Smuggled}" },
        { "a length with a byte that is no UTF-8", $"{Post}Content-Length: 2\u00e9\r\n\r\n{{}}{Smuggled}" },
        { "a coding with a byte that is no UTF-8", $"{Post}Transfer-Encoding: chunked\u00e9\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "a host with a byte that is no UTF-8", $"POST /api/auth/logout/ HTTP/1.1\r\nHost: localhost\u00e9\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "a length that overflows", $"{Post}Content-Length: 18446744073709551618\r\n\r\n{{}}{Smuggled}" },
        { "a bare LF in a chunk extension", $"{Post}Transfer-Encoding: chunked\r\n\r\n2;a\nxx\r\n{{}}\r\n0\r\n\r\n{Smuggled}" },
        { "a bare LF after a chunk size", $"{Post}Transfer-Encoding: chunked\r\n\r\n2\n{{}}\r\n0\r\n\r\n{Smuggled}" },
        { "a bare CR in a chunk extension", $"{Post}Transfer-Encoding: chunked\r\n\r\n2;a\rx\r\n{{}}\r\n0\r\n\r\n{Smuggled}" },
        { "a chunk longer than its size", $"{Post}Transfer-Encoding: chunked\r\n\r\n1\r\n{{}}\r\n0\r\n\r\n{Smuggled}" },
        { "a chunk size that overflows", $"{Post}Transfer-Encoding: chunked\r\n\r\n100000000000000002\r\n{{}}\r\n0\r\n\r\n{Smuggled}" },
        { "an unknown coding", $"{Post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "chunked not last", $"{Post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{Smuggled}" },
        { "a folded header", $"{Post}X-Folded: a\r\n Transfer-Encoding: chunked\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "a space before the colon", $"{Post}Content-Length : 2\r\n\r\n{{}}{Smuggled}" },
        { "a header without a name", $"{Post}: x\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "a NUL in a header", $"{Post}X-A: a\0b\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "a bare CR in a header", $"{Post}X-A: a\rContent-Length: 2\r\n\r\n{Smuggled}" },
        { "two hosts", $"{Post}Host: evil.example\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "no host", $"POST /api/auth/logout/ HTTP/1.1\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "an absolute form for another host", $"POST http://evil.example/api/auth/logout/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "a space in the target", $"POST /api/auth/logout/ /x HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "an unknown version", $"POST /api/auth/logout/ HTTP/1.2\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "64 KiB of headers", $"{Post}X-A: {new string('a', 64 * 1024)}\r\nContent-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "a thousand headers", $"{Post}{string.Concat(Enumerable.Range(0, 1000).Select(i => $"X-{i}: a\r\n"))}Content-Length: 2\r\n\r\n{{}}{Smuggled}" },
        { "a target of 16 KiB", $"GET /{new string('a', 16 * 1024)} HTTP/1.1\r\nHost: localhost\r\n\r\n{Smuggled}" },
    };

    [Theory]
    [MemberData(nameof(Ambiguous))]
    public async Task IV_07_What_can_be_read_in_two_ways_is_refused_and_the_connection_closed(string what, string request)
    {
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        await connection.SendAsync(request);
        var answers = await connection.ReadToEndAsync();
        var statuses = Statuses(answers);
        Assert.True(statuses is [400 or 408 or 411 or 414 or 431 or 501 or 505], $"{what}: {answers}");
    }

    [Fact]
    public async Task IV_07_Both_a_length_and_chunks_are_read_as_chunks_once_and_for_all()
    {
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        await connection.SendAsync($"{Post}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n{Smuggled}");
        Assert.Equal(new[] { 200 }, Statuses(await connection.ReadToEndAsync()));
    }

    [Theory]
    [InlineData("Content-Length: 2\r\n\r\n{}")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n2;a=b\r\n{}\r\n0\r\nX-Trailer: a\r\n\r\n")]
    [InlineData("Content-Length: 0\r\n\r\n")]
    [InlineData("Content-Length:2\r\n\r\n{}")]
    [InlineData("Content-Length: \t 2 \r\n\r\n{}")]
    public async Task IV_07_After_a_request_that_is_plain_the_next_on_the_connection_is_read_as_it_was_sent(string rest)
    {
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        await connection.SendAsync($"{Post}{rest}GET /nowhere HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.Equal(new[] { 200, 404, 200 }, Statuses(await connection.ReadToEndAsync()));
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.1\r\nContent-Length: {0}\r\n")]
    [InlineData("POST /nowhere HTTP/1.1\r\nContent-Length: {0}\r\n")]
    [InlineData("POST /api/auth/login/ HTTP/1.1\r\nContent-Type: text/plain\r\nContent-Length: {0}\r\n")]
    [InlineData("POST /api/auth/login/ HTTP/1.1\r\nOrigin: https://evil.example\r\nContent-Length: {0}\r\n")]
    [InlineData("PUT /api/auth/login/ HTTP/1.1\r\nContent-Length: {0}\r\n")]
    public async Task IV_07_A_body_that_nobody_reads_is_never_taken_for_the_next_request(string start)
    {
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        var head = start.Replace("{0}", $"{Smuggled.Length}", StringComparison.Ordinal);
        await connection.SendAsync($"{head}Host: localhost\r\n\r\n{Smuggled}GET /nowhere HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var statuses = Statuses(await connection.ReadToEndAsync());
        Assert.Equal(2, statuses.Length);
        Assert.Equal(404, statuses[1]);
    }

    [Theory]
    [InlineData("10.0.0-rc.1.25451.107+9501", true)]
    [InlineData("10.0.0-preview.7", true)]
    [InlineData("9.0.10", true)]
    [InlineData("nonsense", true)]
    [InlineData("10.0.0", false)]
    [InlineData("10.0.0+9501", false)]
    [InlineData("10.0.12+9501", false)]
    [InlineData("10.0.3-servicing.26101.1", false)]
    [InlineData("11.0.0-preview.1", false)]
    public void IV_07_A_runtime_that_misreads_chunks_is_known_by_its_version(string version, bool old) => Assert.Equal(old, RuntimeWarning.IsTooOld(version));

    private static int[] Statuses(string answers) => [.. StatusLine().Matches(answers).Select(match => int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"HTTP/1\.1 (\d{3})")]
    private static partial Regex StatusLine();
}
