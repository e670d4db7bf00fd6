using System.Text.Json;
using Accounts.Core.Audit;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>The steps of looking at events.</summary>
internal static class EventSteps
{
    public const string Events = "/api/admin/events/", Lines = "/api/admin/events.ndjson";

    /// <summary>All that are committed have their numbers then, by whichever process; what is counted in this minute has none.</summary>
    public static Task NumberEventsAsync(this TestServer server) => Until.TrueAsync(
        async () =>
        {
            await server.Services.GetRequiredService<EventNumbering>().NumberAsync(TestContext.Current.CancellationToken);
            return await server.Database.CountAsync("security_events", EventNumbering.Due) == 0;
        },
        "every event has its number");

    public static JsonElement[] Results(this Answer answer) => [.. answer.Json.GetProperty("results").EnumerateArray()];

    public static JsonElement[] ParsedLines(this Answer answer) =>
        [.. answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];

    public static long[] Numbers(this IEnumerable<JsonElement> rows) => [.. rows.Select(row => row.GetProperty("number").GetInt64())];

    public static string[] Kinds(this IEnumerable<JsonElement> rows) => [.. rows.Select(row => row.GetProperty("kind").GetString()!)];

    /// <summary>So many events of nobody, a second apart from each other.</summary>
    /// <returns>nobody's id</returns>
    public static async Task<Guid> PlantEventsAsync(this TestDatabase database, int count, string kind = "signed_in", int secondsAgo = 0)
    {
        var user = Guid.CreateVersion7();
        await database.ExecuteAsync("""
            INSERT INTO security_events (id, kind, user_id, at, ip, user_agent)
            SELECT gen_random_uuid(), @kind, @user, date_trunc('second', now()) - (@ago + @count - n) * interval '1 second', '', '' FROM generate_series(1, @count) n
            """, ("kind", kind), ("user", user), ("count", count), ("ago", secondsAgo));
        return user;
    }
}
