using System.Text.Json.Nodes;
using Accounts.Core.Audit;
using Accounts.Core.SignIn.FactorResets;

namespace Accounts.Core.Admin;

/// <summary>An act that has second factors removed later.</summary>
/// <param name="Act">to be done</param>
/// <param name="EffectiveAt">when they go, once it is done</param>
public sealed record FactorResetAct(UserAct Act, Func<DateTimeOffset> EffectiveAt);

/// <summary>Has the second factors of somebody removed who has lost them all, a day later and not if one of them is used meanwhile.</summary>
public sealed class UserFactorReset(WaitingFactorResets resets)
{
    /// <summary>Asked for once more, they go when they would have.</summary>
    /// <exception cref="Failures.ConflictException">the user has none, or is not let in and could use none</exception>
    public FactorResetAct Ask()
    {
        DateTimeOffset effectiveAt = default;
        var act = new UserAct(SecurityEventKind.UserFactorResetAsked, async (user, actor, cancellation) =>
        {
            user.DemandLetIn();
            effectiveAt = await resets.AskAsync(user, actor, cancellation);
        })
        {
            Outcome = () => new JsonObject { ["effective_at"] = effectiveAt.UtcDateTime },
        };
        return new FactorResetAct(act, () => effectiveAt);
    }
}
