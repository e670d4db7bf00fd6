using Npgsql;

namespace Accounts.Core.Import;

/// <summary>Whose the names, addresses and identities of a batch are here already; and the looks of names.</summary>
internal sealed class TakenKeys
{
    private const string Reserved = "SELECT reserved_email, user_id FROM account_changes WHERE reserved_email = ANY (@keys) AND undone_at IS NULL AND expires_at > clock_timestamp()";

    private const string Connected = """
        SELECT a.provider || E'\n' || a.issuer || E'\n' || a.provider_uid, a.user_id
        FROM unnest(@providers, @issuers, @uids) AS asked (provider, issuer, uid)
        JOIN social_accounts a ON a.provider = asked.provider AND a.issuer = asked.issuer AND a.provider_uid = asked.uid
        """;

    private Dictionary<string, Guid> usernames = [], addresses = [], reserved = [], shapes = [], identities = [];

    /// <param name="connection">of the import</param>
    /// <param name="candidates">none of whom is refused</param>
    /// <param name="cancellation">ends the wait</param>
    public static async Task<TakenKeys> OfAsync(NpgsqlConnection connection, IReadOnlyCollection<Candidate> candidates, CancellationToken cancellation)
    {
        var names = candidates.Select(candidate => candidate.Username).OfType<Users.Username>().ToArray();
        string[] addresses = [.. candidates.Select(candidate => candidate.Email!.Key)];
        var all = candidates.SelectMany(candidate => candidate.Identities).ToArray();
        return new TakenKeys
        {
            usernames = await OwnersAsync("SELECT username_key, id FROM users WHERE username_key = ANY (@keys)", [.. names.Select(name => name.Key)]),
            addresses = await OwnersAsync("SELECT email_key, id FROM users WHERE email_key = ANY (@keys)", addresses),
            reserved = await OwnersAsync(Reserved, addresses),
            shapes = Owners(await connection.ListAsync(
                "SELECT username_shape, id FROM users WHERE username_shape = ANY (@shapes)", row => (Convert.ToHexString(row.GetFieldValue<byte[]>(0)), row.GetGuid(1)), cancellation,
                ("shapes", names.Select(name => name.Shape).ToArray()))),
            identities = all.Length == 0 ? [] : Owners(await connection.ListAsync(
                Connected, row => (row.GetString(0), row.GetGuid(1)), cancellation,
                ("providers", all.Select(identity => identity.Provider).ToArray()), ("issuers", all.Select(identity => identity.Issuer).ToArray()), ("uids", all.Select(identity => identity.Uid).ToArray()))),
        };

        async Task<Dictionary<string, Guid>> OwnersAsync(string query, string[] keys) =>
            Owners(await connection.ListAsync(query, row => (row.GetString(0), row.GetGuid(1)), cancellation, ("keys", keys)));
    }

    private static Dictionary<string, Guid> Owners(List<(string Key, Guid Owner)> rows) => rows.DistinctBy(row => row.Key).ToDictionary(row => row.Key, row => row.Owner);

    /// <summary>A match of an address is told, and never taken for the same person (SG-21).</summary>
    /// <param name="candidate">whose address it is</param>
    /// <param name="self">who has it rightly; null for a newcomer</param>
    /// <returns>a sentence; null where it is free</returns>
    public string? Address(Candidate candidate, Guid? self) =>
        IsAnothers(addresses, candidate.Email!.Key, self) ? $"Somebody has the address {candidate.Email} here already: an import merges by the id alone."
        : IsAnothers(reserved, candidate.Email.Key, self) ? $"Somebody here had the address {candidate.Email} until a few days ago, and may have it back."
        : null;

    /// <inheritdoc cref="Address"/>
    public string? Username(Candidate candidate, Guid? self) =>
        candidate.Username is { } name && IsAnothers(usernames, name.Key, self) ? $"Somebody has the username {name} here already." : null;

    public bool IsLookalike(Users.Username name, Guid? self) => IsAnothers(shapes, Convert.ToHexString(name.Shape), self);

    /// <inheritdoc cref="Address"/>
    public string? Identity(Candidate candidate, Guid? self) =>
        candidate.Identities.FirstOrDefault(identity => IsAnothers(identities, UserState.Key(identity), self)) is { } taken ? $"Somebody signs in by the {taken.Provider} identity here already." : null;

    private static bool IsAnothers(Dictionary<string, Guid> owners, string key, Guid? self) => owners.TryGetValue(key, out var owner) && owner != self;
}
