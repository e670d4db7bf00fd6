using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Audit;

/// <summary>
/// Records security events: a row in the caller's transaction, so that there is no change without its row and no row
/// without its change, and once it is committed a line in the log, which names nobody but by id.
/// </summary>
public sealed class SecurityLog(AccountsDb db, CommitActs acts, EventTally tally, TimeProvider time, EventReport report)
{
    private readonly List<SecurityEvent> unsaved = [];

    public void Add(SecurityEventKind kind, Guid userId, Guid? sessionId, Device device)
    {
        if (unsaved.Count == 0)
        {
            db.SavedChanges += TellSaved;
        }
        unsaved.Add(db.SecurityEvents.Add(SecurityEvent.Of(kind, userId, sessionId, device, time.GetUtcNow())).Entity);
    }

    /// <summary>Of an act that was refused (a name that was taken) the log says nothing: it did not happen.</summary>
    private void TellSaved(object? sender, SavedChangesEventArgs saved)
    {
        db.SavedChanges -= TellSaved;
        foreach (var entry in unsaved.Where(entry => db.Entry(entry).State == EntityState.Unchanged))
        {
            acts.Add(db, () => report.Tell(entry.Kind, entry.UserId, entry.SessionId));
        }
        unsaved.Clear();
    }

    /// <summary>At most one row a minute for one kind and user, which counts: what an attacker causes must not grow without bound. It has its row within a second, and nobody waits for it.</summary>
    public void Count(SecurityEventKind kind, Guid userId, Device device)
    {
        tally.Add(SecurityEvent.OfMinute(kind, userId, device, time.GetUtcNow()));
        report.Tell(kind, userId, null);
    }
}
