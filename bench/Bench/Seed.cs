using Accounts.Api;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Bench;

/// <summary>Users and sessions by SQL, and tokens for them by the server's own tools, so that nothing has to sign in a thousand times.</summary>
internal static class Seed
{
    public const string Password = "correct-horse-9";
    public const int Tokens = 1000;

    /// <summary>Fills the database and writes the files <c>access</c> and <c>refresh</c>, a token a line.</summary>
    public static async Task FillAsync(string connectionString, int users, int sessionsPerUser, string[] args, string folder)
    {
        await using var server = await Accounts.Api.Program.BuildAsync(args);
        await server.PrepareAsync();
        await using var database = NpgsqlDataSource.Create(connectionString + ";Command Timeout=600");
        var hash = new PasswordHasher<User>(Options.Create(new PasswordHasherOptions { IterationCount = 220_000 })).HashPassword(null!, Password);
        await ExecuteAsync(database, $"""
            INSERT INTO users (id, username, username_key, email, email_key, email_verified, password_hash, security_stamp, first_name, last_name, is_active, roles, date_joined)
            SELECT gen_random_uuid(), 'u' || n, 'u' || n, 'u' || n || '@example.test', 'u' || n || '@example.test', true, '{hash}', md5(n::text), '', '', true, '{"{}"}', now()
            FROM generate_series(1, {users}) n
            """);
        var secret = new byte[RefreshToken.SecretLength];
        await ExecuteAsync(database, $"""
            INSERT INTO sessions (user_id, id, secret_hash, generation, rotated_at, rotated_by, created_at, persistent, body_mode, auth_time, amr, ip, user_agent)
            SELECT u.id, gen_random_uuid(), sha256('\x{Convert.ToHexString(secret)}'::bytea), 1, now() - interval '1 minute', '\x00', now() - interval '1 minute', true, false, now(), '{"{pwd}"}', '127.0.0.1', 'bench'
            FROM users u, generate_series(1, {sessionsPerUser})
            """);
        await ExecuteAsync(database, "VACUUM ANALYZE");
        await WriteTokensAsync(server, database, secret, folder);
    }

    private static async Task WriteTokensAsync(AccountsServer server, NpgsqlDataSource database, byte[] secret, string folder)
    {
        var signer = server.App.Services.GetRequiredService<AccessTokenSigner>();
        var codec = server.App.Services.GetRequiredService<RefreshTokenCodec>();
        var (access, refresh) = (new List<string>(), new List<string>());
        await using var command = database.CreateCommand($"SELECT user_id, id FROM sessions ORDER BY id LIMIT {Tokens}");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            var (user, session) = (reader.GetGuid(0), reader.GetGuid(1));
            access.Add(signer.Sign(new AccessTokenSubject(user, session, DateTimeOffset.UtcNow, ["pwd"], [], true), TimeSpan.FromHours(1)));
            refresh.Add(codec.Write(new RefreshToken(user, session, 1, secret)));
        }
        await File.WriteAllLinesAsync(Path.Combine(folder, "access"), access);
        await File.WriteAllLinesAsync(Path.Combine(folder, "refresh"), refresh);
    }

    public static async Task ExecuteAsync(NpgsqlDataSource database, string statement)
    {
        await using var command = database.CreateCommand(statement);
        await command.ExecuteNonQueryAsync();
    }
}
