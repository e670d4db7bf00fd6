using System.Diagnostics;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>All sessions of a user end by one number, however many they are; and they are not many.</summary>
public sealed class EpochTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const int Most = 100;

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        client = server.Client();
        person = await client.SignInSomebodyAsync();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task XA_09_A_reset_ends_100000_sessions_within_a_second_and_the_intruder_is_out()
    {
        await PlantAsync(100_000);
        var token = await server.ResetTokenAsync(client, person);
        var watch = Stopwatch.StartNew();
        (await client.ResetAsync(token)).AssertBody(200, PasswordSteps.Done);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, Patience.Of(TimeSpan.FromSeconds(5)));
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
        (await client.MeAsync()).AssertAccessRefused("revoked");
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "sessions_epoch = 1 AND version = 1 AND sessions_end_reason = 'user_ended'"));
    }

    [Fact]
    public async Task Housekeeping_marks_what_ended_with_all_of_its_users()
    {
        var token = client.RefreshCookie!;
        await client.ResetAsync(await server.ResetTokenAsync(client, person));
        Assert.True(await server.Session(token).ReadAsync<bool>("ended_at IS NULL"));
        await server.SweepAsync();
        Assert.Equal("user_ended", await server.Session(token).ReadAsync<string>("end_reason"));
        Assert.True(await server.Session(token).ReadAsync<bool>("ended_at = (SELECT sessions_ended_at FROM users u WHERE u.id = user_id)"));
    }

    [Fact]
    public async Task SE_13_One_more_than_100_sessions_ends_the_oldest()
    {
        await PlantAsync(Most - 1);
        Assert.Equal(Most, await server.Database.LiveSessionsAsync(person));
        var oldest = client.RefreshCookie!;
        await server.Session(oldest).SetAsync("id = '00000000-0000-7000-8000-000000000000'");
        using var another = server.Client();
        await another.SignInAsync(person);
        Assert.Equal(Most, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(1, await server.Database.CountAsync("sessions", "id = '00000000-0000-7000-8000-000000000000' AND end_reason = 'too_many'"));
        Assert.Equal(200, (await another.RefreshAsync()).Status);
    }

    [Fact]
    public async Task SE_13_Twenty_sign_ins_at_once_leave_100_sessions()
    {
        await PlantAsync(Most - 5);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
        {
            using var another = server.Client();
            await another.SignInAsync(person);
        }));
        Assert.Equal(Most, await server.Database.LiveSessionsAsync(person));
    }

    [Fact]
    public async Task Sessions_of_an_earlier_epoch_take_nobodys_place()
    {
        await PlantAsync(Most + 20);
        await client.ResetAsync(await server.ResetTokenAsync(client, person));
        person = person with { Password = Some.OtherPassword };
        for (var i = 0; i < 3; i++)
        {
            using var another = server.Client();
            await another.SignInAsync(person);
        }
        Assert.Equal(3, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(0, await server.Database.CountAsync("sessions", "end_reason = 'too_many' AND user_id = @id", ("id", TokenText.UserOf(client.RefreshCookie!))));
    }

    private Task PlantAsync(int count) => server.Database.ExecuteAsync("""
        INSERT INTO sessions (user_id, id, secret_hash, generation, rotated_at, created_at, persistent, transport, auth_time, amr, ip, user_agent)
        SELECT user_id, gen_random_uuid(), secret_hash, 0, now(), now(), true, 'cookie', now(), amr, ip, user_agent
        FROM sessions, generate_series(1, @count) WHERE id = @id
        """, ("count", count), ("id", TokenText.SessionOf(client.RefreshCookie!)));
}
