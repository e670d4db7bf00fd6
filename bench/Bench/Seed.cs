using Accounts.Api;
using Accounts.Core.Data;
using Accounts.Core.Registration;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Bench;

/// <summary>Users and sessions by SQL, and tokens for them by the server's own tools, so that nothing has to sign in a thousand times.</summary>
internal static class Seed
{
    public const string Password = "correct-horse-9";

    /// <summary>Sessions that have some.</summary>
    public const int Tokens = 20_000;

    /// <summary>Of every session.</summary>
    public static readonly byte[] Secret = new byte[SessionCredential.SecretLength];

    /// <summary>Fills the database and writes tokens of sessions at random, a line each, into <paramref name="files"/><c>.access</c> and <c>.refresh</c>.</summary>
    public static async Task FillAsync(Database database, int users, int sessionsPerUser, string[] args, string files)
    {
        await using var server = Accounts.Api.Program.Build(args);
        await server.PrepareAsync();
        var hash = server.App.Services.GetRequiredService<IPasswordHasher<User>>().HashPassword(null!, Password);
        await database.ExecuteAsync($"""
            INSERT INTO users (id, username, username_key, username_shape, email, email_key, email_verified, verified_at, verified_by, password_hash, ways, security_stamp, first_name, last_name, is_active, roles, date_joined)
            SELECT gen_random_uuid(), 'u' || n, 'u' || n, sha256(('u' || n)::bytea), 'u' || n || '@example.test', 'u' || n || '@example.test', true, now(), 'link_in_same_browser', '{hash}', '{"{password}"}', md5(n::text), '', '', true, '{"{}"}', now()
            FROM generate_series(1, {users}) n
            """);
        await database.ExecuteAsync($"""
            INSERT INTO sessions (user_id, id, secret_hash, generation, rotated_at, created_at, persistent, transport, auth_time, amr, ip, user_agent)
            SELECT u.id, gen_random_uuid(), sha256('\x{Convert.ToHexString(Secret)}'::bytea), 1, now() - interval '1 minute', now() - interval '1 minute', true, 'cookie', now(), '{"{pwd}"}', '127.0.0.1', 'bench'
            FROM users u, generate_series(1, {sessionsPerUser})
            """);
        await database.ExecuteAsync("VACUUM ANALYZE");
        await WriteTokensAsync(server, database, files);
    }

    private static async Task WriteTokensAsync(AccountsServer server, Database database, string files)
    {
        var signer = server.App.Services.GetRequiredService<AccessTokenSigner>();
        var codec = server.App.Services.GetRequiredService<RefreshTokenCodec>();
        var (access, refresh) = (new List<string>(), new List<string>());
        await using var connection = await database.OpenAsync();
        await using var command = new NpgsqlCommand($"SELECT user_id, id FROM sessions ORDER BY id LIMIT {Tokens}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (user, session) = (reader.GetGuid(0), reader.GetGuid(1));
            access.Add(signer.Sign(new AccessTokenSubject(user, session, DateTimeOffset.UtcNow, ["pwd"], [], true), TimeSpan.FromHours(3)));
            refresh.Add(codec.Write(new RefreshToken(user, session, 1, Secret)));
        }
        await File.WriteAllLinesAsync(files + ".access", access);
        await File.WriteAllLinesAsync(files + ".refresh", refresh);
    }

    /// <summary>As they were when the tokens were written: signing in often ends the oldest ones.</summary>
    public static async Task ResetSessionsAsync(Database database)
    {
        await database.ExecuteAsync("UPDATE sessions SET generation = 1, rotated_at = now() - interval '1 minute', ended_at = NULL, end_reason = NULL WHERE generation > 1 OR ended_at IS NOT NULL");
        // Without the triggers, which would have the feed tell of each.
        await database.ExecuteAsync("SET session_replication_role = replica; DELETE FROM sessions WHERE user_agent <> 'bench'");
        await database.ExecuteAsync("VACUUM sessions");
        await database.CheckpointAsync();
    }

    /// <summary>Mails as a registration queues them, to users that there are.</summary>
    public static async Task QueueMailsAsync(int count, string[] args)
    {
        await using var server = Accounts.Api.Program.Build(args);
        await server.PrepareAsync();
        await using var scope = server.App.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AccountsDb>();
        var mail = scope.ServiceProvider.GetRequiredService<VerificationMail>();
        var users = await db.Users.AsNoTracking().OrderBy(user => user.Id).Take(count).ToListAsync();
        for (var i = 0; i < count; i++)
        {
            mail.Add(users[i % users.Count], attempt: null);
        }
        await db.SaveChangesAsync();
    }
}
