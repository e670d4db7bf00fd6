using System.Diagnostics;
using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Clients that send too much, too slowly, or nothing at all.</summary>
[Trait("Pace", "long")]
public sealed class SlowClientTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Limit = 32 * 1024;
    private static readonly TimeSpan LongestAllowed = TimeSpan.FromSeconds(30);

    [Theory]
    [InlineData(Limit, 400, true)]
    [InlineData(Limit, 400, false)]
    [InlineData(Limit + 1, 413, true)]
    [InlineData(Limit + 1, 413, false)]
    [InlineData(1_000_000, 413, true)]
    [InlineData(1_000_000, 413, false)]
    public async Task RL_07_A_body_may_have_32_KiB_and_no_more(int length, int status, bool chunked)
    {
        using var client = shared.Server.Client();
        using var body = new StringContent("{\"username\": \"" + new string('a', length - 16) + "\"}", Encoding.UTF8, "application/json");
        body.Headers.ContentLength = chunked ? null : length;
        var answer = await client.SendAsync(HttpMethod.Post, "/api/auth/register/", body, chunked ? [("Transfer-Encoding", "chunked")] : []);
        Assert.True(answer.Status == status, answer.ToString());
        Assert.Equal(status == 413 ? "payload_too_large" : null, answer["code"]);
    }

    [Fact]
    public async Task RL_07_A_body_of_ten_megabytes_is_refused_by_its_length_alone()
    {
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        await connection.SendAsync("POST /api/auth/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10000000\r\n\r\n");
        Assert.Equal(413, await connection.StatusAsync());
    }

    [Theory]
    [InlineData("POST /api/auth/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n", "{\"email\":", 1)]
    [InlineData("POST /api/auth/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 32000\r\n\r\n", "{\"email\":", 400)]
    [InlineData("GET /healthz HTTP/1.1\r\n", "Host: localhost", 1)]
    public async Task RL_07_A_request_that_drips_in_is_cut_off(string start, string rest, int bytesASecond)
    {
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        var waited = Stopwatch.StartNew();
        await connection.SendAsync(start);
        var dripping = connection.DripAsync(rest.PadRight(40 * bytesASecond, ' '), bytesASecond, TimeSpan.FromSeconds(1));
        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 408 ", answer, StringComparison.Ordinal);
        Assert.InRange(waited.Elapsed, TimeSpan.Zero, LongestAllowed);
        await dripping;
    }

    [Fact]
    public async Task RL_07_Two_thousand_idle_connections_do_not_stop_the_service()
    {
        var idle = new List<RawConnection>();
        try
        {
            for (var i = 0; i < 2000; i++)
            {
                idle.Add(await RawConnection.OpenAsync(shared.Server.Address));
            }
            using var client = shared.Server.Client();
            await client.SignInSomebodyAsync();
            Assert.Equal(200, (await client.MeAsync()).Status);
        }
        finally
        {
            await Task.WhenAll(idle.Select(connection => connection.DisposeAsync().AsTask()));
        }
    }
}
