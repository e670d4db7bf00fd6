using System.Text.Json.Nodes;
using Accounts.Core.Audit;
using Accounts.Core.Data;

namespace Accounts.Core.Admin;

/// <summary>Leaves an event of what an administrator or an operator has looked at.</summary>
public sealed class ReadRecord(AccountsDb db, SecurityLog events)
{
    /// <param name="target">whose it is; null for many people's, of which the event is the administrator's own: an operator has no account that could have it</param>
    /// <param name="what">was looked at, in a word</param>
    /// <param name="actor">who has</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task AddAsync(Guid? target, string what, Actor actor, CancellationToken cancellation)
    {
        events.AddAct(SecurityEventKind.AdministrationRead, target ?? actor.UserId!.Value, actor, before: null, new JsonObject { ["read"] = what }.ToJsonString());
        await db.SaveChangesAsync(cancellation);
    }
}
