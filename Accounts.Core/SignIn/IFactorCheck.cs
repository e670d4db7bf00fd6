using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>What somebody proves a second factor by.</summary>
public abstract record FactorProof
{
    public sealed override string ToString() => GetType().Name;
}

/// <summary>By a code: of an authenticator, or one of those that came with the first factor.</summary>
/// <param name="Code">as it was typed</param>
public sealed record FactorByCode(string Code) : FactorProof;

/// <summary>Checks factors of one kind. A feature that has some registers its check in its own setup.</summary>
public interface IFactorCheck
{
    bool Takes(FactorProof given);

    /// <summary>In no transaction: what it spends is spent, whatever becomes of the act.</summary>
    /// <param name="user">whose factor it is to be</param>
    /// <param name="given">that <see cref="Takes"/> takes</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>by what it was, for <c>amr</c>; null where it proves nothing</returns>
    /// <exception cref="Failures.ThrottledException">too many have failed before</exception>
    Task<string[]?> TryAsync(User user, FactorProof given, Device device, CancellationToken cancellation);
}
