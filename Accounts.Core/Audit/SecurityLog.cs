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

    public void Add(SecurityEventKind kind, Guid userId, Guid? sessionId, Device device) =>
        Add(SecurityEvent.Of(kind, userId, sessionId, device, time.GetUtcNow()));

    /// <summary>An administrator's act, or an operator's.</summary>
    /// <param name="kind">of act</param>
    /// <param name="userId">whom it was done to</param>
    /// <param name="actor">who did it</param>
    /// <param name="before">what it has changed, a JSON object; null for nothing to tell</param>
    /// <param name="after">the same as it is then</param>
    public void AddAct(SecurityEventKind kind, Guid userId, Actor actor, string? before = null, string? after = null) =>
        Add(SecurityEvent.OfAct(kind, userId, actor, before, after, time.GetUtcNow()));

    /// <summary>A user's own act, which an administrator's has allowed.</summary>
    /// <param name="kind">of act</param>
    /// <param name="userId">whose it is</param>
    /// <param name="device">theirs</param>
    /// <param name="by">the administrator; null where nobody is known any more</param>
    /// <param name="after">what it has brought about, a JSON object</param>
    public void AddAllowed(SecurityEventKind kind, Guid userId, Device device, Guid? by, string after) =>
        Add(SecurityEvent.OfAllowed(kind, userId, device, by, after, time.GetUtcNow()));

    /// <summary>A session goes on under another id.</summary>
    public void AddRenewal(Guid userId, Guid sessionId, Guid ended, Device device) => Add(SecurityEvent.OfRenewal(userId, sessionId, ended, device, time.GetUtcNow()));

    private void Add(SecurityEvent entry)
    {
        if (unsaved.Count == 0)
        {
            db.SavedChanges += TellSaved;
        }
        unsaved.Add(db.SecurityEvents.Add(entry).Entity);
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

    /// <summary>At most one row a minute for one kind and user, which counts: what an attacker causes must not grow without bound. It has its row within a second, its number when the minute is over, and nobody waits for it.</summary>
    /// <param name="kind">one of <see cref="EventTally.Kinds"/></param>
    /// <param name="userId">whom it happened to; empty for nobody that there is</param>
    /// <param name="device">that the first request of the minute came from</param>
    public void Count(SecurityEventKind kind, Guid userId, Device device)
    {
        tally.Add(SecurityEvent.OfMinute(kind, userId, device, time.GetUtcNow()));
        report.Tell(kind, userId, null);
    }
}
