using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>What a person confirms an address with.</summary>
public abstract record VerificationForm
{
    /// <summary>Typed on the page, where a proof besides is asked for, or chosen there for a sign-up of another browser; else null.</summary>
    public string? Password { get; init; }

    /// <summary>Chosen in place of the one that a pending sign-up had; else null.</summary>
    public Username? Username { get; init; }

    /// <summary>What a client without cookies was given when it registered, or had the mail sent; else null.</summary>
    public string? Attempt { get; init; }

    public sealed override string ToString() => nameof(VerificationForm);
}

/// <summary>By the token of the mailed link.</summary>
public sealed record VerificationByLink(string Token) : VerificationForm;

/// <summary>By the code of the same mail, and the address that it went to.</summary>
public sealed record VerificationByCode(string Code, EmailAddress Email) : VerificationForm;
