namespace Accounts.Core.Social.Linking;

/// <summary>What somebody proves with that an account is theirs, to connect an identity to it.</summary>
public abstract record LinkProof
{
    public sealed override string ToString() => GetType().Name;
}

/// <summary>By the account's password.</summary>
public sealed record LinkByPassword(string Password) : LinkProof;

/// <summary>By another provider that is connected to the account.</summary>
/// <param name="FetchAsync">asks the provider who it is; not before the link token has turned out to be good</param>
public sealed record LinkByProvider(Func<Task<ExternalProfile>> FetchAsync) : LinkProof;

/// <summary>By the code that was mailed to the account's address.</summary>
public sealed record LinkByCode(string Code) : LinkProof;
