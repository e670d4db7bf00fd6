using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Social;

namespace Accounts.Core.Reauthentication;

/// <summary>By what somebody who is signed in proves once more who they are.</summary>
public abstract record Reproof
{
    public sealed override string ToString() => GetType().Name;
}

/// <summary>By the password.</summary>
public sealed record ReproofByPassword(string Password) : Reproof;

/// <summary>By a second factor; with the session, which was opened by the first, that makes two.</summary>
public sealed record ReproofByFactor(FactorProof Proof) : Reproof;

/// <summary>By a provider that has asked who they are a moment ago, and says so.</summary>
/// <param name="FetchAsync">asks the provider who it is, and when it was proved</param>
public sealed record ReproofByProvider(Func<LiveSession, CancellationToken, Task<ExternalProfile>> FetchAsync) : Reproof;

/// <summary>By the code of a mail that this session has asked for.</summary>
public sealed record ReproofByMail(string Code) : Reproof;
