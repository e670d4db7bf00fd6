using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Accounts.Core.SigningKeys;

/// <summary>
/// The signing keys in the database, and what each is now: announced until its time, then active until the next one's,
/// then retained for as long as its tokens live, then gone. Processes take turns at changing them and agree by the
/// database's clock.
/// </summary>
public sealed partial class SigningKeyStore(
    AccountsDb db, NpgsqlDataSource database, SigningKeyVault vault, IOptions<Sessions.SessionOptions> sessions, ILogger<SigningKeyStore> log)
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
        var (keys, now, halvesAreKept) = await ReadAsync(cancellation);
        // The rule, at each start and every few seconds: no turn is waited for, and nothing is written.
        if (halvesAreKept && IsSettled(keys, now))
        {
            vault.Publish(vault.Open(keys), Schedule(keys, now));
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
            if (keys.Find(key => key.Id == id) is not { } key)
            {
                return;
            }
            found = true;
            // Its elder signs no more: whoever has seen the one may have seen the other.
            if (Schedule(keys, now)[key] == SigningKeyState.Active)
            {
                Add(keys, now, activeFrom: now);
            }
            key.Revoke(now);
            keys.Remove(key);
        }, cancellation);
        return found;
    }

    /// <summary>All that are not revoked, oldest first, with what each is now.</summary>
    public async Task<List<(StoredSigningKey Key, SigningKeyState State)>> ListAsync(CancellationToken cancellation)
    {
        var now = await db.NowAsync(cancellation);
        var keys = await NotRevoked().AsNoTracking().ToListAsync(cancellation);
        var schedule = Schedule(keys, now);
        return keys.ConvertAll(key => (key, schedule[key]));
    }

    /// <summary>Changes nothing.</summary>
    /// <exception cref="StartupException">a stored key that no listed secret opens</exception>
    public async Task DemandOpenAsync(CancellationToken cancellation) => vault.Open((await ReadAsync(cancellation)).Keys);

    private async Task<(List<StoredSigningKey> Keys, DateTimeOffset Now, bool HalvesAreKept)> ReadAsync(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"SELECT {StoredSigningKey.Columns}, clock_timestamp(), EXISTS (SELECT FROM public_signing_keys p WHERE p.id = signing_keys.id) FROM signing_keys WHERE revoked_at IS NULL ORDER BY active_from");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var (keys, now, halvesAreKept) = (new List<StoredSigningKey>(), DateTimeOffset.MinValue, true);
        while (await reader.ReadAsync(cancellation))
        {
            keys.Add(StoredSigningKey.Read(reader));
            now = reader.GetFieldValue<DateTimeOffset>(StoredSigningKey.ColumnCount);
            halvesAreKept &= reader.GetBoolean(StoredSigningKey.ColumnCount + 1);
        }
        return (keys, now, halvesAreKept);
    }

    private bool IsSettled(List<StoredSigningKey> keys, DateTimeOffset now) =>
        Schedule(keys, now) is { Active: { } active } schedule && !IsNextDue(keys, active, now) && vault.AreKept(keys) && !schedule.Forgotten.Any();

    /// <summary>One that is announced for later than it has to be is not the next.</summary>
    private static bool IsNextDue(List<StoredSigningKey> keys, StoredSigningKey active, DateTimeOffset now) =>
        now >= active.ActiveFrom + ActiveFor - AnnouncedFor && !keys.Exists(key => key.ActiveFrom > now && key.ActiveFrom <= now + AnnouncedFor);

    private void AddWhatIsDue(List<StoredSigningKey> keys, DateTimeOffset now)
    {
        if (Schedule(keys, now).Active is not { } active)
        {
            // Those that there are were announced by a clock that was ahead, or the clock is behind. Who waited for them could sign nobody in.
            if (keys.Count > 0)
            {
                LogNoneBegun(keys[0].Id, keys[0].ActiveFrom);
            }
            Add(keys, now, activeFrom: now);
        }
        else if (IsNextDue(keys, active, now))
        {
            Add(keys, now, activeFrom: Later(active.ActiveFrom + ActiveFor, now + HeardOfWithin));
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
        var opened = vault.Open(keys);
        var schedule = Schedule(keys, now);
        db.PublicSigningKeys.AddRange(vault.PublicHalves(opened, await db.PublicSigningKeys.ToListAsync(cancellation)));
        db.SigningKeys.RemoveRange(schedule.Forgotten);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        vault.Publish(opened, schedule);
    }

    private IQueryable<StoredSigningKey> NotRevoked() => db.SigningKeys.Where(key => key.RevokedAt == null).OrderBy(key => key.ActiveFrom);

    private void Add(List<StoredSigningKey> keys, DateTimeOffset now, DateTimeOffset activeFrom) =>
        keys.Add(db.SigningKeys.Add(vault.Make(now, activeFrom)).Entity);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Nodes follow each other within a worker's interval, and their tokens live after that.</summary>
    private SigningKeySchedule Schedule(List<StoredSigningKey> keys, DateTimeOffset now) =>
        new(keys, now, sessions.Value.AccessTokenLifetime + AccessTokenProfile.ClockSkew + 2 * SigningKeyWorker.Interval);

    [LoggerMessage(LogLevel.Warning, "No signing key has begun by the database's clock, the first, {Id}, begins at {ActiveFrom}: a new one is made that signs at once. See to the clock.")]
    private partial void LogNoneBegun(string id, DateTimeOffset activeFrom);
}
