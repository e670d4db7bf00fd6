using System.Diagnostics.CodeAnalysis;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.Tokens;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>
/// What must not be done with a session alone that somebody may have found open: its user has proved a moment ago who they are, by two factors
/// if they have two. A refresh never makes it recent, and who shares the session is not made recent by who proves it.
/// </summary>
public sealed class StepUp(SignInMethods methods)
{
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    /// <exception cref="StepUpRequiredException">it was longer ago, or by fewer</exception>
    public void Demand(LiveSession live)
    {
        DemandFactor(live);
        if (live.SinceProof >= Window)
        {
            throw Refusal(methods.WaysToProve(live.User), AuthenticationLevel.One);
        }
    }

    /// <summary>For an act that takes the password in place of a proof of a moment ago: of who has a second factor it takes that all the same.</summary>
    /// <exception cref="StepUpRequiredException">it was longer ago, or by one alone</exception>
    public void DemandFactor(LiveSession live)
    {
        if (methods.FactorsOf(live.User.Ways) is [_, ..] factors && (live.SinceProof >= Window || !live.Token.IsByTwo))
        {
            throw Refusal(factors, AuthenticationLevel.Two);
        }
    }

    /// <summary>
    /// For a second factor, which whoever reads the account's mail gets past by nothing: of who has not shown to read it here, or who made the
    /// account with somebody else's address would keep its owner out for good.
    /// </summary>
    /// <exception cref="StepUpRequiredException">they have not: by a mailed code</exception>
    public static void DemandMailbox(User user)
    {
        if (user.MayBeAnothers)
        {
            throw Refusal([SignInMethods.MailedCode], AuthenticationLevel.One);
        }
    }

    /// <summary>For a proof by a mailed code, which is for who has nothing else, or has not shown yet to read the account's mail.</summary>
    /// <param name="live">of the request</param>
    /// <param name="user">as they are stored</param>
    /// <exception cref="StepUpRequiredException">they have, and they have</exception>
    public void DemandNothingBetter(LiveSession live, User user)
    {
        if (!methods.WaysToProve(live.User).Contains(SignInMethods.MailedCode) && !(user.MayBeAnothers && methods.FactorsOf(user.Ways).Length == 0))
        {
            throw Refusal(methods.WaysToProve(live.User), methods.LevelToProve(live.User));
        }
    }

    /// <summary>For a provider's word, which is worth as much as it is new.</summary>
    /// <param name="live">of the request</param>
    /// <param name="provider">whose word it is</param>
    /// <param name="said">when it was proved there; null where it says nothing of that</param>
    /// <exception cref="StepUpRequiredException">it was longer ago, or may have been: by something else, then</exception>
    public void DemandRecent(LiveSession live, string provider, [NotNull] DateTimeOffset? said)
    {
        if (said is null || live.Now - said >= Window)
        {
            throw Refusal([.. methods.WaysToProve(live.User).Where(way => way != provider)], methods.LevelToProve(live.User));
        }
    }

    private static StepUpRequiredException Refusal(string[] by, string level) => new(by, Window, level);
}
