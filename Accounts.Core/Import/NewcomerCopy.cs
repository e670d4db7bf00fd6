using Accounts.Core.Social;
using Npgsql;
using NpgsqlTypes;

namespace Accounts.Core.Import;

/// <summary>Writes newcomers by COPY, which has no statement that a value could be taken for a part of.</summary>
internal sealed class NewcomerCopy(NpgsqlConnection connection, string source, DateTimeOffset now)
{
    private const string Users = """
        COPY users (id, username, username_key, username_shape, email, email_key, email_verified, verified_at, password_hash, security_stamp,
          first_name, last_name, is_active, roles, ways, date_joined, last_login, legacy_id) FROM STDIN (FORMAT BINARY)
        """;

    private const string Imported = "COPY imported_users (user_id, source, came, written, imported_at) FROM STDIN (FORMAT BINARY)";

    private const string Accounts = "COPY social_accounts (provider, issuer, provider_uid, user_id, email, email_verified, extra_data, created_at) FROM STDIN (FORMAT BINARY)";

    public async Task WriteAsync(Newcomer[] newcomers, CancellationToken cancellation)
    {
        await CopyAsync(Users, newcomers, UserAsync, cancellation);
        await CopyAsync(Imported, newcomers, ImportedAsync, cancellation);
        await CopyAsync(Accounts, newcomers.SelectMany(newcomer => newcomer.There.Identities.Select(identity => (newcomer.User.Id, Newcomers.Profile(identity)))), AccountAsync, cancellation);
    }

    private async Task CopyAsync<T>(string statement, IEnumerable<T> rows, Func<NpgsqlBinaryImporter, T, CancellationToken, Task> write, CancellationToken cancellation)
    {
        if (!rows.Any())
        {
            return;
        }
        await using var copy = await connection.BeginBinaryImportAsync(statement, cancellation);
        foreach (var row in rows)
        {
            await copy.StartRowAsync(cancellation);
            await write(copy, row, cancellation);
        }
        await copy.CompleteAsync(cancellation);
    }

    private static async Task UserAsync(NpgsqlBinaryImporter copy, Newcomer newcomer, CancellationToken cancellation)
    {
        var user = newcomer.User;
        await copy.WriteAsync(user.Id, NpgsqlDbType.Uuid, cancellation);
        await copy.WriteTextAsync(user.UserName, cancellation);
        await copy.WriteTextAsync(user.NormalizedUserName, cancellation);
        await copy.WriteOrNullAsync(user.UsernameShape, NpgsqlDbType.Bytea, cancellation);
        await copy.WriteTextAsync(user.Email, cancellation);
        await copy.WriteTextAsync(user.NormalizedEmail, cancellation);
        await copy.WriteAsync(user.EmailConfirmed, NpgsqlDbType.Boolean, cancellation);
        await copy.WriteOrNullAsync(user.VerifiedAt, cancellation);
        await copy.WriteTextAsync(user.PasswordHash, cancellation);
        await copy.WriteTextAsync(user.SecurityStamp, cancellation);
        await copy.WriteTextAsync(user.FirstName, cancellation);
        await copy.WriteTextAsync(user.LastName, cancellation);
        await copy.WriteAsync(user.IsActive, NpgsqlDbType.Boolean, cancellation);
        await copy.WriteAsync(user.Roles, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellation);
        await copy.WriteAsync(user.Ways, NpgsqlDbType.Array | NpgsqlDbType.Text, cancellation);
        await copy.WriteOrNullAsync(user.DateJoined, cancellation);
        await copy.WriteOrNullAsync(user.LastLogin, cancellation);
        await copy.WriteTextAsync(user.LegacyId, cancellation);
    }

    private async Task ImportedAsync(NpgsqlBinaryImporter copy, Newcomer newcomer, CancellationToken cancellation)
    {
        await copy.WriteAsync(newcomer.User.Id, NpgsqlDbType.Uuid, cancellation);
        await copy.WriteTextAsync(source, cancellation);
        await copy.WriteAsync(newcomer.There.Prints.Bytes, NpgsqlDbType.Bytea, cancellation);
        await copy.WriteAsync(new UserState(newcomer.User, [.. newcomer.There.Identities.Select(UserState.Key)]).Prints.Bytes, NpgsqlDbType.Bytea, cancellation);
        await copy.WriteOrNullAsync(now, cancellation);
    }

    private async Task AccountAsync(NpgsqlBinaryImporter copy, (Guid User, ExternalProfile Profile) account, CancellationToken cancellation)
    {
        await copy.WriteTextAsync(account.Profile.Provider, cancellation);
        await copy.WriteTextAsync(account.Profile.Issuer, cancellation);
        await copy.WriteTextAsync(account.Profile.Uid, cancellation);
        await copy.WriteAsync(account.User, NpgsqlDbType.Uuid, cancellation);
        await copy.WriteTextAsync(account.Profile.Email?.Text, cancellation);
        await copy.WriteAsync(account.Profile.EmailVerified, NpgsqlDbType.Boolean, cancellation);
        await copy.WriteAsync(account.Profile.ExtraData, NpgsqlDbType.Jsonb, cancellation);
        await copy.WriteOrNullAsync(now, cancellation);
    }
}

internal static class CopyValues
{
    public static Task WriteTextAsync(this NpgsqlBinaryImporter copy, string? text, CancellationToken cancellation) => copy.WriteOrNullAsync(text, NpgsqlDbType.Text, cancellation);

    public static Task WriteOrNullAsync(this NpgsqlBinaryImporter copy, DateTimeOffset? at, CancellationToken cancellation) =>
        at is { } moment ? copy.WriteAsync(moment.UtcDateTime, NpgsqlDbType.TimestampTz, cancellation) : copy.WriteNullAsync(cancellation);

    public static Task WriteOrNullAsync<T>(this NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken cancellation)
        where T : class => value is null ? copy.WriteNullAsync(cancellation) : copy.WriteAsync(value, type, cancellation);
}
