using System.Diagnostics;
using System.Net.Http.Headers;
using Accounts.Core.Tokens;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bench;

/// <summary>A copy of the large or the small database, with ten events of 180 days for each user, and an administrator. Some of the events are one busy user's.</summary>
internal sealed class Administered
{
    public const string Name = "bench_administered", SmallName = "bench_administered_small";

    /// <summary>The first sessions, by which <c>me</c> is asked.</summary>
    public const int Asked = 1_000;

    private const int EventsPerUser = 10, OfTheBusyAtLeast = 5_000;

    private static Administered? filled, small;
    private readonly Guid[] some;

    private Administered(Guid[] some, int users) => (this.some, Users, Admin, Busy) = (some[2..], users, some[0], some[1]);

    public int Users { get; }

    public int Events => Users * EventsPerUser;

    public Guid Admin { get; }

    public Guid Busy { get; }

    private string AccessToken { get; set; } = "";

    public Guid AnyUser() => some[Random.Shared.Next(some.Length)];

    /// <summary>Once, for all rounds.</summary>
    public static async Task<Administered> FillAsync(Stage stage) => filled ??= await MakeAsync(stage, Stage.Large, Name);

    /// <inheritdoc cref="FillAsync"/>
    public static async Task<Administered> FillSmallAsync(Stage stage) => small ??= await MakeAsync(stage, Stage.Small, SmallName);

    public HttpClient Client(Child server)
    {
        var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AccessToken);
        return http;
    }

    /// <summary>By a process that has not counted users yet.</summary>
    public async Task<double> FirstSummaryAsync(Stage stage)
    {
        await using var server = await stage.ServerAsync(Name);
        using var http = Client(server);
        (await http.GetAsync("/api/admin/users/?page_size=1")).EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        (await http.GetAsync("/api/admin/summary/")).EnsureSuccessStatusCode();
        return clock.Elapsed.TotalMilliseconds;
    }

    private static async Task<Administered> MakeAsync(Stage stage, string of, string name)
    {
        var database = await stage.CopyAsync(of, name);
        var made = new Administered(await IdsAsync(database, 1_000), (int)await database.ScalarAsync("SELECT count(*) FROM users"));
        var (admin, busy) = (made.Admin, made.Busy);
        Console.WriteLine($"Filling {name}: {made.Events} events");
        await database.ExecuteAsync($"""UPDATE users SET roles = '{"{admin}"}' WHERE id = '{admin}'; UPDATE users SET is_active = false WHERE username LIKE 'u99%7' {(name == Name ? $"AND id NOT IN (SELECT user_id FROM sessions ORDER BY id LIMIT {Asked})" : "")}""");
        // Of sign-ins that were measured before.
        await database.ExecuteAsync("TRUNCATE security_events, daily_counts");
        var indexes = await IndexesAsync(database);
        await database.ExecuteAsync(string.Join(';', indexes.Select(index => $"DROP INDEX {index.Name}")));
        await database.ExecuteAsync($"""
            INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, count, number, actor_id)
            SELECT gen_random_uuid(), CASE WHEN part < 0.6 THEN 'signed_in' WHEN part < 0.8 THEN 'signed_out' WHEN part < 0.98 THEN 'sign_in_failed' WHEN part < 0.99999 THEN 'password_changed' ELSE 'roles_changed' END,
              user_id, at, '127.0.0.1', 'bench', 1, row_number() OVER (ORDER BY at), CASE WHEN part >= 0.99999 THEN '{admin}'::uuid END
            FROM (
              SELECT CASE WHEN row_number() OVER () <= {Math.Max(OfTheBusyAtLeast, made.Events / 100)} THEN '{busy}'::uuid ELSE id END AS user_id, random() AS part, now() - random() * interval '180 days' AS at
              FROM users, generate_series(1, {EventsPerUser}) ORDER BY at) events
            """);
        await database.ExecuteAsync("UPDATE event_chain SET number = events.last, origin = events.last FROM (SELECT max(number) AS last FROM security_events) events");
        await database.ExecuteAsync("INSERT INTO daily_counts (day, kind, count) SELECT (at AT TIME ZONE 'UTC')::date, kind, count(*) FROM security_events WHERE kind IN ('signed_in', 'sign_in_failed') GROUP BY 1, 2");
        await database.ExecuteAsync(string.Join(';', indexes.Select(index => index.Definition)));
        await database.ExecuteAsync("VACUUM ANALYZE");
        made.AccessToken = await TokenAsync(stage, database, name, admin);
        return made;
    }

    private static async Task<Guid[]> IdsAsync(Database database, int count)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT array_agg(id) FROM (SELECT id FROM users ORDER BY id LIMIT {count}) chosen", connection);
        return (Guid[])(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Made anew behind the rows: each row would be put into all of them at random.</summary>
    private static async Task<List<(string Name, string Definition)>> IndexesAsync(Database database)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'security_events' AND indexname NOT LIKE 'pk%'", connection);
        await using var rows = await command.ExecuteReaderAsync();
        var indexes = new List<(string, string)>();
        while (await rows.ReadAsync())
        {
            indexes.Add((rows.GetString(0), rows.GetString(1)));
        }
        return indexes;
    }

    private static async Task<string> TokenAsync(Stage stage, Database database, string name, Guid admin)
    {
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT id FROM sessions WHERE user_id = '{admin}' LIMIT 1", connection);
        var session = (Guid)(await command.ExecuteScalarAsync())!;
        await using var server = Accounts.Api.Program.Build(stage.Arguments(name));
        await server.PrepareAsync();
        var subject = new AccessTokenSubject(admin, session, DateTimeOffset.UtcNow, ["pwd"], ["admin"], true);
        return server.App.Services.GetRequiredService<AccessTokenSigner>().Sign(subject, TimeSpan.FromHours(3));
    }
}
