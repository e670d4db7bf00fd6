using Accounts.Core.Failures;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>In which order gates are asked: the first that refuses is told.</summary>
public enum GatePlace
{
    Frozen,
    Deleted,
    EmailNotVerified,
}

/// <summary>What stands between a right proof and a session. A feature that may keep people out registers its gate in its own setup.</summary>
public interface ISignInGate
{
    GatePlace Place { get; }

    /// <summary>Null where it lets the user in.</summary>
    PermissionDeniedException? Refusal(User user);

    /// <summary>Whether it may open for what is asked for.</summary>
    bool Opens(SignInRequest request) => false;

    /// <summary>Opens for who asks for that with their proof, inside the transaction of the sign-in.</summary>
    /// <returns>whether it did</returns>
    Task<bool> OpenAsync(User user, SignInRequest request, CancellationToken cancellation) => Task.FromResult(false);
}
