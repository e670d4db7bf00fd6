using System.Diagnostics;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.MailRequests;

/// <summary>Many ask for one address at once: the slowest answer tells nothing of whether somebody has it.</summary>
[Collection(typeof(Alone)), Trait("Pace", "slow")]
public sealed class MailRequestTimingTests(MailRequestTimingTests.Limited shared) : IClassFixture<MailRequestTimingTests.Limited>
{
    private const int Bursts = 8, AtOnce = 50, Rounds = 3;
    private const double Least = 0.01;

    private readonly TestServer server = shared.Server;

    public sealed class Limited(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:OthersPerMinute", "100000"));

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task XA_03_The_slowest_of_a_burst_does_not_tell_a_known_address_from_an_unknown_one(bool reset)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var chances = new List<double>();
        do
        {
            var (known, unknown) = (new List<double>(), new List<double>());
            // In either order alike, so that what one burst leaves behind meets both.
            for (var i = 0; i < Bursts; i++)
            {
                var (first, second) = i % 2 == 0 ? (person.Email, Some.Email()) : (Some.Email(), person.Email);
                (first == person.Email ? known : unknown).Add(await SlowestAsync(client, first, reset));
                (second == person.Email ? known : unknown).Add(await SlowestAsync(client, second, reset));
            }
            chances.Add(MannWhitney.Chance(known, unknown));
        }
        while (chances[^1] <= Least && chances.Count < Rounds);
        Assert.InRange(chances[^1], Least, 1);
    }

    private static async Task<double> SlowestAsync(ApiClient client, string email, bool reset) => (await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(async _ =>
    {
        var started = Stopwatch.GetTimestamp();
        Assert.Equal(200, (await (reset ? client.AskResetAsync(email) : client.ResendAsync(email))).Status);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }))).Max();

    [Fact]
    public void Times_that_can_be_told_apart_are_found()
    {
        double[] slow = [979, 711, 683, 488, 470, 180, 174, 473], fast = [337, 388, 90, 76, 84, 74, 94, 85];
        Assert.InRange(MannWhitney.Chance(slow, fast), 0, Least);
        Assert.InRange(MannWhitney.Chance(slow, slow), 0.9, 1);
    }
}
