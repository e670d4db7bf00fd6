using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Secrets;
using Accounts.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.SigningKeys;

/// <summary>
/// The signing keys in the database, and what each is now: announced until its time, then active until the next one's,
/// then retained for as long as its tokens live, then gone. Processes take turns at changing them and agree by the
/// database's clock.
/// </summary>
public sealed class SigningKeyStore(
    AccountsDb db, NpgsqlDataSource database, SecretBox box, SigningKeyRing ring, IOptions<Sessions.SessionOptions> sessions)
{
    /// <summary>How long a key signs before the next one does.</summary>
    public static readonly TimeSpan ActiveFor = TimeSpan.FromDays(90);

    /// <summary>How long a key is published before it signs.</summary>
    public static readonly TimeSpan AnnouncedFor = TimeSpan.FromDays(2);

    /// <summary>For a rotation by hand or a late one: twice as long as clients may keep the published keys, for nodes publish a new one seconds apart.</summary>
    private static readonly TimeSpan HeardOfWithin = TimeSpan.FromMinutes(10);

    /// <summary>Nodes that start together wait for the one that makes the key, which is cold and may be slow.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Makes the first key or announces the next one when it is time, and loads all that are good into this process.</summary>
    /// <exception cref="StartupException">a stored key that no listed secret opens</exception>
    public async Task LoadAsync(CancellationToken cancellation)
    {
        var (keys, now) = await ReadAsync(cancellation);
        // The rule, at each start and every few seconds: no turn is waited for, and nothing is written.
        if (IsSettled(keys, now))
        {
            Publish(Open(keys), Schedule(keys, now));
            return;
        }
        await ChangeAsync(AddWhatIsDue, cancellation);
    }

    /// <summary>Announces a new key now, which signs as soon as clients' copies of the published keys are stale.</summary>
    public Task RotateAsync(CancellationToken cancellation) => ChangeAsync(
        (keys, now) => Add(keys, now, activeFrom: now + HeardOfWithin), cancellation);

    /// <summary>Takes a key back: tokens that it signed are refused by every node within seconds. If it was the one that signs, a new one signs at once.</summary>
    /// <returns>whether there was such a key</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellation)
    {
        var found = false;
        await ChangeAsync((keys, now) =>
        {
            if (keys.Find(key => key.Id == id) is { } key)
            {
                found = true;
                key.Revoke(now);
                keys.Remove(key);
            }
            if (!keys.Exists(other => other.ActiveFrom <= now))
            {
                Add(keys, now, activeFrom: now);
            }
        }, cancellation);
        return found;
    }

    /// <summary>Takes all keys back, those that sign later too, and makes one that signs at once.</summary>
    /// <returns>how many there were</returns>
    public async Task<int> ReplaceAllAsync(CancellationToken cancellation)
    {
        var replaced = 0;
        await ChangeAsync((keys, now) =>
        {
            replaced = keys.Count;
            keys.ForEach(key => key.Revoke(now));
            keys.Clear();
            Add(keys, now, activeFrom: now);
        }, cancellation);
        return replaced;
    }

    /// <summary>All that are not revoked, oldest first, with what each is now.</summary>
    public async Task<List<(StoredSigningKey Key, SigningKeyState State)>> ListAsync(CancellationToken cancellation)
    {
        var now = await db.NowAsync(cancellation);
        var keys = await NotRevoked().AsNoTracking().ToListAsync(cancellation);
        var schedule = Schedule(keys, now);
        return keys.ConvertAll(key => (key, schedule[key]));
    }

    private async Task<(List<StoredSigningKey> Keys, DateTimeOffset Now)> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT {StoredSigningKey.Columns}, clock_timestamp() FROM signing_keys WHERE revoked_at IS NULL ORDER BY active_from");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (keys, now) = (new List<StoredSigningKey>(), DateTimeOffset.MinValue);
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(StoredSigningKey.Read(reader));
            now = reader.GetFieldValue<DateTimeOffset>(StoredSigningKey.ColumnCount);
        }
        return (keys, now);
    }

    private bool IsSettled(List<StoredSigningKey> keys, DateTimeOffset now) =>
        keys.Count > 0 && !IsNextDue(keys, now) && keys.TrueForAll(key => key.IsKeptUnder(box)) && !Schedule(keys, now).Gone.Any();

    private static bool IsNextDue(List<StoredSigningKey> keys, DateTimeOffset now) => now >= keys[^1].ActiveFrom + ActiveFor - AnnouncedFor;

    private void AddWhatIsDue(List<StoredSigningKey> keys, DateTimeOffset now)
    {
        if (keys.Count == 0)
        {
            Add(keys, now, activeFrom: now);
        }
        else if (IsNextDue(keys, now))
        {
            Add(keys, now, activeFrom: Later(keys[^1].ActiveFrom + ActiveFor, now + HeardOfWithin));
        }
    }

    private async Task ChangeAsync(Action<List<StoredSigningKey>, DateTimeOffset> change, CancellationToken cancellation)
    {
        db.Database.SetCommandTimeout(Patience);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        await db.LockAsync(AdvisoryLock.SigningKeys, cancellation);
        var now = await db.NowAsync(cancellation);
        var keys = await NotRevoked().ToListAsync(cancellation);
        change(keys, now);
        keys.Sort((one, other) => one.ActiveFrom.CompareTo(other.ActiveFrom));
        var opened = Open(keys);
        var schedule = Schedule(keys, now);
        db.SigningKeys.RemoveRange(schedule.Gone);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        Publish(opened, schedule);
    }

    private void Publish(Dictionary<string, SigningKey> opened, SigningKeySchedule schedule) =>
        ring.Replace(opened[schedule.Active.Id], schedule.Trusted.Select(key => opened[key.Id]));

    private IQueryable<StoredSigningKey> NotRevoked() => db.SigningKeys.Where(key => key.RevokedAt == null).OrderBy(key => key.ActiveFrom);

    private void Add(List<StoredSigningKey> keys, DateTimeOffset now, DateTimeOffset activeFrom) =>
        keys.Add(db.SigningKeys.Add(StoredSigningKey.Store(SigningKey.Create(), box, now, activeFrom)).Entity);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Nodes follow each other within a worker's interval, and their tokens live after that.</summary>
    private SigningKeySchedule Schedule(List<StoredSigningKey> keys, DateTimeOffset now) =>
        new(keys, now, sessions.Value.AccessTokenLifetime + AccessTokenProfile.ClockSkew + 2 * SigningKeyWorker.Interval);

    private Dictionary<string, SigningKey> Open(List<StoredSigningKey> keys)
    {
        var opened = new Dictionary<string, SigningKey>();
        foreach (var key in keys)
        {
            try
            {
                opened[key.Id] = ring.Find(key.Id) ?? key.Open(box);
            }
            catch (CryptographicException)
            {
                throw new StartupException(
                    $"The signing key {key.Id} in the database was stored under another secret key: add that key to Accounts__PreviousSecretKeys, or set Accounts__SecretKey to it.");
            }
            key.KeepUnder(box, opened[key.Id]);
        }
        return opened;
    }
}
