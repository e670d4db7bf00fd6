using Accounts.Core.Audit;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn.FactorResets;

/// <summary>
/// That an administrator has asked for the second factors of somebody who has lost them all: they go a day later, unless one of them is used
/// meanwhile. Whoever makes one, or carries it out, holds the user's row.
/// </summary>
public sealed class FactorReset
{
    /// <summary>In which the user, who is told at once, may use a factor.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromHours(24);

    private FactorReset()
    {
    }

    public Guid UserId { get; private set; }

    /// <summary>The administrator, who may be gone by now.</summary>
    public Guid ActorId { get; private set; }

    /// <summary>By the database's clock, as is the end of the wait.</summary>
    public DateTimeOffset AskedAt { get; private set; }

    public DateTimeOffset EffectiveAt { get; private set; }

    /// <param name="user">whose factors are to go</param>
    /// <param name="actor">who asks for it: an administrator</param>
    /// <param name="now">the database's time</param>
    public static FactorReset Of(User user, Actor actor, DateTimeOffset now) =>
        new() { UserId = user.Id, ActorId = actor.UserId!.Value, AskedAt = now, EffectiveAt = now + Wait };
}
