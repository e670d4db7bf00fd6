using System.Diagnostics;
using Accounts.Core.Users;
using Accounts.Tests.Support;
using Accounts.Tests.Passwords;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>
/// Whether an address is known must not show in the time of an answer. A coarse net, for a noisy machine: it catches a
/// missing hash, or a mail that is sent before the answer. <c>bench/timing</c> measures finely.
/// </summary>
[Trait("Pace", "slow")]
public sealed class TimingTests(TimingTests.Configured shared) : IClassFixture<TimingTests.Configured>, IAsyncLifetime
{
    private const int Rounds = 3, Requests = 40;
    private const double Tolerance = 0.25;

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person known = null!;

    public sealed class Configured(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Passwords:Iterations", "220000"), ("Accounts:Registration:HideExistingAccounts", "true"));

    public async ValueTask InitializeAsync() => known = await client.RegisterSomebodyAsync();

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task RE_03_A_sign_in_takes_as_long_for_an_unknown_address() => AssertAlikeAsync(401, email => client.LoginAsync(new Person("", email, Some.OtherPassword)));

    [Fact]
    public Task RE_03_A_resend_takes_as_long_for_an_unknown_address() => AssertAlikeAsync(200, client.ResendAsync);

    [Fact]
    public Task RE_03_A_reset_takes_as_long_for_an_unknown_address() => AssertAlikeAsync(200, client.AskResetAsync);

    [Theory]
    [InlineData("email_verified = true")]
    [InlineData("is_active = false")]
    [InlineData("password_hash = NULL")]
    public async Task RS_06_A_reset_takes_as_long_whatever_the_account(string state)
    {
        await server.Database.ChangeAsync(known, state);
        await AssertAlikeAsync(200, client.AskResetAsync, Requests / 4);
    }

    [Fact]
    public Task RE_03_A_registration_takes_as_long_for_a_taken_address_where_it_is_hidden() =>
        AssertAlikeAsync(201, email => client.RegisterAsync(Some.Username(), email));

    [Theory]
    [InlineData("is_active = false")]
    [InlineData("password_hash = NULL")]
    [InlineData("password_hash = 'AQAAAAIB'")]
    public async Task RE_03_A_sign_in_takes_as_long_where_no_password_can_be_right(string state)
    {
        await server.Database.ChangeAsync(known, state);
        await AssertAlikeAsync(401, email => client.LoginAsync(new Person("", email, known.Password)), Requests / 4);
    }

    [Fact]
    public async Task RE_03_A_sign_in_takes_as_long_for_a_user_whose_hash_is_of_weaker_times()
    {
        var weak = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 1000 })).HashPassword(null!, known.Password);
        await server.Database.ChangeAsync(known, $"password_hash = '{weak}'");
        await AssertAlikeAsync(401, email => client.LoginAsync(new Person("", email, Some.OtherPassword)), Requests / 4);
    }

    /// <summary>Interleaved, so that whatever else the machine does slows both alike; again where it did not.</summary>
    private async Task AssertAlikeAsync(int status, Func<string, Task<Answer>> act, int requests = Requests)
    {
        var ratios = new List<double>();
        do
        {
            var (forKnown, forUnknown) = (new List<double>(), new List<double>());
            for (var i = 0; i < requests; i++)
            {
                forKnown.Add(await MeasureAsync(status, () => act(known.Email)));
                forUnknown.Add(await MeasureAsync(status, () => act(Some.Email())));
            }
            ratios.Add(Median(forKnown) / Median(forUnknown));
        }
        while (Math.Abs(ratios[^1] - 1) > Tolerance && ratios.Count < Rounds);
        Assert.InRange(ratios[^1], 1 - Tolerance, 1 + Tolerance);
    }

    private static async Task<double> MeasureAsync(int status, Func<Task<Answer>> act)
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await act();
        var time = Stopwatch.GetElapsedTime(started);
        Assert.Equal(status, answer.Status);
        return time.TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
