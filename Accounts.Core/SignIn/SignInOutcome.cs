using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.TrustedDevices;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>What the door says to a proof that is good. Either way it is committed, and then answered: what the proof has spent is spent.</summary>
public abstract record SignInOutcome
{
    /// <summary>Once it is committed.</summary>
    /// <exception cref="SecondFactorRequiredException">there is more to prove</exception>
    /// <exception cref="EnrolmentRequiredException">there is a factor to add</exception>
    public abstract SignedIn Demand();
}

/// <summary>A user who has just signed in.</summary>
/// <param name="Tokens">of the session</param>
/// <param name="User">who it is</param>
/// <param name="Bond">by which the device is known from now on</param>
public sealed record SignedIn(IssuedTokens Tokens, UserProfile User, DeviceBond Bond) : SignInOutcome
{
    /// <summary>Whether the account had been deleted, and is back.</summary>
    public bool Restored { get; init; }

    /// <summary>By which the device is trusted from now on; null where it is as it was.</summary>
    public IssuedTrust? Trust { get; init; }

    public override SignedIn Demand() => this;
}

/// <summary>A user who has a second factor to prove, or to add, before there is a session.</summary>
/// <param name="Refusal">with the ticket</param>
public sealed record SecondFactorDue(AccountsException Refusal) : SignInOutcome
{
    public override SignedIn Demand() => throw Refusal;
}
