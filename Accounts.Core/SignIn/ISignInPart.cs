using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>A way in that a user has.</summary>
/// <param name="Name">as on the wire: <c>password</c>, <c>google</c></param>
/// <param name="Title">in mails</param>
/// <param name="IsProvider">whether it leads through an identity provider</param>
public sealed record SignInMethod(string Name, string Title, bool IsProvider = false)
{
    /// <summary>Whether it leads in by itself; what does not is a second factor and nothing else.</summary>
    public bool IsWayIn { get; init; } = true;

    /// <summary>Whether it is asked for, or may be used, beside another one. Who has such a one gets in by no single factor.</summary>
    public bool IsFactor { get; init; }

    /// <summary>Whether it leads through a provider that asks people anew who they are, and says when.</summary>
    public bool IsAskedAnew { get; init; }
}

/// <summary>Why ways in are taken away.</summary>
public enum RevocationReason
{
    /// <summary>By who is signed in, with the old password.</summary>
    PasswordChanged,

    /// <summary>By who reads the mail of an address that was verified before.</summary>
    PasswordReset,

    /// <summary>By who is signed in, and leaves.</summary>
    Deleted,

    /// <summary>By who reads the mail of a new address, which who is signed in has asked for with their password.</summary>
    AddressChanged,

    /// <summary>By who has proved to have an address that nobody had proved: until now the account may have been anybody's who knows the address.</summary>
    Disowned,

    /// <summary>By who reads the mail of such an address and lets the account be, in a browser that shows nothing of who made it: sessions go only with a way in.</summary>
    ConfirmedElsewhere,

    /// <summary>As an administrator has asked a day before: second factors go, and what was begun with them or without.</summary>
    FactorsReset,
}

/// <summary>What a feature adds to signing in. A new way in registers its part in its own setup, and touches no other room.</summary>
public interface ISignInPart
{
    /// <summary>The way in of that word (<see cref="User.Ways"/>); null where it is another feature's.</summary>
    SignInMethod? MethodOf(string way);

    /// <summary>Whether the way in leads this user in, as what belongs to it is now: a word alone says that there is something.</summary>
    Task<bool> LeadsInAsync(User user, CancellationToken cancellation) => Task.FromResult(true);

    /// <summary>Takes away what must not outlive it, inside the transaction of the caller, who holds the user's row and saves it. Sessions are not its affair.</summary>
    Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation);

    /// <summary>
    /// Whether a second factor of its was used or added since a time, by the database's clock. Their rows are held: none is used from here on until the
    /// transaction of the caller ends, who holds the user's row.
    /// </summary>
    Task<bool> UsedSinceAsync(User user, DateTimeOffset since, CancellationToken cancellation) => Task.FromResult(false);
}
