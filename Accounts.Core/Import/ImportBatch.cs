using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Import;

/// <summary>
/// Brings up to 1,000 over in one transaction. What somebody takes at the same moment (a sign-up of that name) undoes it; then it is done again,
/// in halves, until who is alone with their conflict is told.
/// </summary>
internal sealed class ImportBatch(NpgsqlConnection connection, ImportKeys keys, string source, ImportRules rules)
{
    private const int Attempts = 3;

    private readonly DbContextOptions<AccountsDb> options = new DbContextOptionsBuilder<AccountsDb>().UseNpgsql(connection).Options;

    /// <param name="candidates">each of whom has an id that none of the others has</param>
    /// <param name="cancellation">ends it; nothing of the batch is written then</param>
    /// <returns>what has become of each</returns>
    public async Task<IReadOnlyList<ImportVerdict>> DoAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryAsync(candidates, cancellation);
            }
            catch (Exception e) when (IsTaken(e))
            {
                if (candidates.Count > 1)
                {
                    var half = candidates.Count / 2;
                    return [.. await DoAsync([.. candidates.Take(half)], cancellation), .. await DoAsync([.. candidates.Skip(half)], cancellation)];
                }
                if (attempt == Attempts)
                {
                    return [candidates[0].Conflict("Somebody is taking the same name or address at this moment, or changes this user: run it again.")];
                }
            }
        }
    }

    private static bool IsTaken(Exception e) => (e as PostgresException ?? e.InnerException as PostgresException)?.SqlState
        is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure;

    private async Task<IReadOnlyList<ImportVerdict>> TryAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        var verdicts = new Dictionary<Candidate, ImportVerdict>(ReferenceEqualityComparer.Instance);
        foreach (var refused in candidates.Where(candidate => candidate.Refusal is not null))
        {
            verdicts[refused] = refused.Conflict(refused.Refusal!);
        }
        await using var db = new AccountsDb(options);
        await DeactivateAsync(db, [.. candidates.Where(candidate => candidate is { Refusal: not null, IsActive: false })], verdicts, cancellation);
        await CompareAsync(db, [.. candidates.Where(candidate => candidate.Refusal is null)], verdicts, cancellation);
        Candidate[] open = [.. candidates.Where(candidate => !verdicts.ContainsKey(candidate))];
        if (open.Length > 0)
        {
            await WriteAsync(db, open, verdicts, cancellation);
        }
        return [.. candidates.Select(candidate => verdicts[candidate])];
    }

    /// <summary>Those of whom nothing is to be written, which at a second run are nearly all: nobody's row is locked for it.</summary>
    private async Task CompareAsync(AccountsDb db, Candidate[] candidates, Dictionary<Candidate, ImportVerdict> verdicts, CancellationToken cancellation)
    {
        var known = await db.KnownAsync([.. candidates.Select(candidate => candidate.LegacyId)], cancellation);
        foreach (var candidate in candidates)
        {
            if (known.TryGetValue(candidate.LegacyId, out var here) && Comparison.Of(candidate, here, source) is { IsNothing: true } compared)
            {
                verdicts[candidate] = Verdict(candidate, compared);
            }
        }
        db.ChangeTracker.Clear();
    }

    /// <summary>Who may sign in there no more does not here, however broken the rest of them is.</summary>
    private async Task DeactivateAsync(AccountsDb db, Candidate[] refused, Dictionary<Candidate, ImportVerdict> verdicts, CancellationToken cancellation)
    {
        if (refused.Length == 0)
        {
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var known = await db.LockKnownAsync([.. refused.Select(candidate => candidate.LegacyId)], cancellation);
        var updates = new UserUpdates(db, await TakenKeys.OfAsync(connection, [], cancellation), await db.NowAsync(cancellation));
        foreach (var candidate in refused.Where(candidate => known.ContainsKey(candidate.LegacyId)))
        {
            var here = known[candidate.LegacyId];
            var compared = Comparison.Of(candidate, here, source, [ImportPart.Active]);
            if (!rules.DryRun)
            {
                await updates.WriteAsync(candidate, here, compared, cancellation);
            }
            verdicts[candidate] = Verdict(candidate, compared with { Conflicts = [.. compared.Conflicts, candidate.Refusal!] });
        }
        if (!rules.DryRun)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
        db.ChangeTracker.Clear();
    }

    private async Task WriteAsync(AccountsDb db, Candidate[] candidates, Dictionary<Candidate, ImportVerdict> verdicts, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var now = await db.NowAsync(cancellation);
        var taken = await TakenKeys.OfAsync(connection, candidates, cancellation);
        var known = await db.LockKnownAsync([.. candidates.Select(candidate => candidate.LegacyId)], cancellation);
        var updates = new UserUpdates(db, taken, now);
        foreach (var candidate in candidates.Where(candidate => known.ContainsKey(candidate.LegacyId)))
        {
            var here = known[candidate.LegacyId];
            var compared = updates.Judge(candidate, here, Comparison.Of(candidate, here, source));
            if (!rules.DryRun)
            {
                await updates.WriteAsync(candidate, here, compared, cancellation);
            }
            verdicts[candidate] = Verdict(candidate, compared);
        }
        await CreateAsync(db, taken, [.. candidates.Where(candidate => !known.ContainsKey(candidate.LegacyId))], now, verdicts, cancellation);
        if (!rules.DryRun)
        {
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }
    }

    private async Task CreateAsync(AccountsDb db, TakenKeys taken, Candidate[] candidates, DateTimeOffset now, Dictionary<Candidate, ImportVerdict> verdicts, CancellationToken cancellation)
    {
        if (candidates.Length == 0)
        {
            return;
        }
        var newcomers = new Newcomers(db, keys, taken);
        var refused = await newcomers.RefuseAsync(candidates, cancellation);
        foreach (var (candidate, why) in refused)
        {
            verdicts[candidate] = candidate.Conflict(why);
        }
        var made = await newcomers.MakeAsync([.. candidates.Where(candidate => !refused.ContainsKey(candidate))], now, cancellation);
        if (!rules.DryRun && made.Length > 0)
        {
            await new NewcomerCopy(connection, source, now).WriteAsync(made, cancellation);
            db.SecurityEvents.AddRange(made.SelectMany(newcomer => Newcomers.EventsOf(newcomer.User, rules.Tell, now)));
        }
        foreach (var newcomer in made)
        {
            verdicts[newcomer.There] = newcomer.There.Verdict(ImportOutcome.Created, Named(newcomer));
        }
    }

    private static IEnumerable<string> Named(Newcomer newcomer) => newcomer.There.Username is null ? [$"Is called {newcomer.User.UserName} here."] : [];

    private static ImportVerdict Verdict(Candidate candidate, Comparison compared)
    {
        string[] updated = compared.Changes.Length == 0 ? [] : [$"Changed there: {string.Join(", ", compared.Changes.Select(Comparison.Word))}."];
        return compared.Conflicts.Length > 0 ? candidate.Conflict(string.Join(' ', updated.Concat(compared.Conflicts)))
            : updated.Length > 0 ? candidate.Verdict(ImportOutcome.Updated, updated)
            : candidate.Verdict(ImportOutcome.Unchanged);
    }
}
