using System.Text.Json.Nodes;
using Accounts.Core.Audit;
using Accounts.Core.Users;

namespace Accounts.Core.Admin;

/// <summary>What an administrator does to a user: made by what knows how, done by <see cref="Administration"/>.</summary>
/// <param name="Kind">of the event that tells of it</param>
/// <param name="DoAsync">to the user whose row is held, and who is saved then</param>
public sealed record UserAct(SecurityEventKind Kind, Func<User, Actor, CancellationToken, Task> DoAsync)
{
    /// <summary>That the user must still be of; null for whichever.</summary>
    public long? Version { get; init; }

    /// <summary>What it has brought about that is not to be seen of the user, for its event; null for nothing.</summary>
    public Func<JsonObject>? Outcome { get; init; }
}
