using System.Text.Json;
using Accounts.Core.Audit;
using Accounts.Core.History;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.History;

/// <summary>The steps of whoever proves the history of events, and of whoever changes it.</summary>
internal static class HistorySteps
{
    /// <summary>What of the database a test of changes puts back.</summary>
    private static readonly string[] Tables = ["security_events", "event_chain", "event_heads", "public_signing_keys"];

    /// <summary>What the command says, for programs.</summary>
    public static async Task<JsonElement> VerifyAsync(this TestServer server, params string[] words)
    {
        var run = await server.CommandAsync(["events", "verify", "--json", .. words]);
        Assert.Equal(run.Json.GetProperty("whole").GetBoolean() ? 0 : 1, run.ExitCode);
        return run.Json;
    }

    /// <summary>What is wrong, each as its word, and of which number.</summary>
    public static async Task<string[]> WrongAsync(this TestServer server, params string[] words) =>
        [.. (await server.VerifyAsync(words)).GetProperty("findings").EnumerateArray().Select(finding =>
            finding.GetProperty("number").GetInt64() == finding.GetProperty("to").GetInt64()
                ? $"{finding.GetProperty("what")} {finding.GetProperty("number")}"
                : $"{finding.GetProperty("what")} {finding.GetProperty("number")}-{finding.GetProperty("to")}")];

    /// <summary>A head for where the history ends now, signed at a time of the past, as the server would have then.</summary>
    public static async Task<string> SignAsync(this TestServer server, TimeSpan ago)
    {
        var after = await server.Database.ScalarAsync<long>("SELECT max(number) FROM event_heads");
        return await server.PlantHeadAsync(await server.EndAsync(), await server.LinkAsync(await server.EndAsync()), ago, after);
    }

    public static async Task<string> PlantHeadAsync(this TestServer server, long number, byte[] link, TimeSpan ago, long? after)
    {
        var head = new ChainHead(number, link, DateTimeOffset.UtcNow - ago, after);
        var jws = server.Services.GetRequiredService<HeadKeys>().Sign(head);
        await server.Database.ExecuteAsync(
            "INSERT INTO event_heads (number, at, jws) VALUES (@number, @at, @jws) ON CONFLICT (number) DO UPDATE SET at = @at, jws = @jws", ("number", number), ("at", head.At), ("jws", jws));
        return jws;
    }

    /// <summary>The server has said where the history begins.</summary>
    public static Task BegunAsync(this TestServer server) => Until.TrueAsync(async () => await server.Database.CountAsync("event_heads") > 0, "the beginning is signed");

    public static Task<long> EndAsync(this TestServer server) => server.Database.ScalarAsync<long>("SELECT number FROM event_chain");

    public static Task<byte[]> LinkAsync(this TestServer server, long number) =>
        server.Database.ScalarAsync<byte[]>("SELECT coalesce((SELECT link FROM security_events WHERE number = @number), decode(repeat('00', 32), 'hex'))", ("number", number));

    /// <summary>Does something to the tables of the history, looks, and puts them back. What other tests did is numbered before, so that the server writes nothing meanwhile.</summary>
    public static async Task WithChangeAsync(this TestServer server, string change, Func<Task> look)
    {
        await server.NumberEventsAsync();
        await server.Database.ExecuteAsync(string.Concat(Tables.Select(table => $"DROP TABLE IF EXISTS kept_{table}; CREATE TABLE kept_{table} AS TABLE {table};")));
        try
        {
            await server.Database.ExecuteAsync(change);
            await look();
        }
        finally
        {
            await server.Database.ExecuteAsync(string.Concat(Tables.Select(table => $"DELETE FROM {table}; INSERT INTO {table} SELECT * FROM kept_{table};")));
        }
    }

    public static Task IsWrongAfterAsync(this TestServer server, string change, params string[] wrong) =>
        server.WithChangeAsync(change, async () => Assert.Equal(wrong, await server.WrongAsync()));

    /// <summary>The links from a number on are computed anew, and where it ends is moved: whoever may write to the database can do that.</summary>
    public static async Task RewriteAsync(this TestServer server, long from)
    {
        var hash = new EventHash();
        var link = await server.LinkAsync(from - 1);
        await using var connection = new Npgsql.NpgsqlConnection(server.Database.ConnectionString);
        await connection.OpenAsync();
        var rows = new List<(long Number, NumberedEvent Entry, byte[] Salt, byte[]? ActorSalt)>();
        await using (var command = new Npgsql.NpgsqlCommand("""
            SELECT number, id, kind, user_id, session_id, at, count, ip, user_agent, before::text, after::text, actor_id, actor_ip, actor_user_agent, salt, actor_salt
            FROM security_events WHERE number >= @from ORDER BY number
            """, connection))
        {
            command.Parameters.AddWithValue("from", from);
            await using var row = await command.ExecuteReaderAsync();
            while (await row.ReadAsync())
            {
                T? Of<T>(int column) => row.IsDBNull(column) ? default : row.GetFieldValue<T>(column);
                rows.Add((row.GetInt64(0), new NumberedEvent(
                    row.GetGuid(1), row.GetString(2), row.GetGuid(3), Of<Guid?>(4), row.GetFieldValue<DateTimeOffset>(5), row.GetInt32(6), row.GetString(7), row.GetString(8), Of<string>(9), Of<string>(10),
                    Of<Guid?>(11), Of<string>(12), Of<string>(13)), row.GetFieldValue<byte[]>(14), Of<byte[]>(15)));
            }
        }
        foreach (var (number, entry, salt, actorSalt) in rows)
        {
            var (fields, actorFields) = (hash.Fields(salt, entry), actorSalt is null ? null : hash.ActorFields(actorSalt, entry));
            link = hash.Link(link, number, entry, fields, actorFields);
            await server.Database.ExecuteAsync(
                "UPDATE security_events SET fields_hash = @fields, actor_fields_hash = CASE WHEN actor_salt IS NULL THEN NULL ELSE @actor END, link = @link WHERE number = @number; UPDATE event_chain SET number = @number, link = @link",
                ("fields", fields), ("actor", actorFields ?? []), ("link", link), ("number", number));
        }
    }

    /// <summary>Events of every form: a user's, an administrator's on them, and one that was counted.</summary>
    /// <returns>the user's id</returns>
    public static async Task<Guid> MakeHistoryAsync(this TestServer server)
    {
        using var client = server.Client();
        using var admin = server.Client();
        await server.SignInAdministratorAsync(admin);
        var person = await server.VerifiedAsync(client);
        var user = await server.Database.IdAsync(person);
        await server.NumberEventsAsync();
        await admin.PutRolesAsync(await server.Database.AddressAsync(person), "editor");
        await client.LoginAsync(person);
        await client.LogoutAsync();
        await server.Database.ExecuteAsync(
            "INSERT INTO security_events (id, kind, user_id, at, ip, user_agent, count) VALUES (gen_random_uuid(), 'sign_in_failed', @user, now() - interval '5 minutes', '192.0.2.1', 'x', 7)", ("user", user));
        await server.NumberEventsAsync();
        return user;
    }
}
