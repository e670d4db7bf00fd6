using Accounts.Core.Secrets;
using Accounts.Core.Tokens;
using Npgsql;

namespace Accounts.Core.SigningKeys;

/// <summary>The public halves of all signing keys that there ever were, as far as a listed secret key vouches for them.</summary>
public sealed class PublicHalves(NpgsqlDataSource database, SecretBox box)
{
    public async Task<Dictionary<string, SigningKey>> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT {PublicSigningKey.Columns} FROM public_signing_keys");
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var keys = new Dictionary<string, SigningKey>();
        while (await rows.ReadAsync(cancellation))
        {
            if (PublicSigningKey.Read(rows).Open(box) is { } key)
            {
                keys.Add(key.Id, key);
            }
        }
        return keys;
    }
}
