using Accounts.Core.Users;

namespace Accounts.Core.Registration;

/// <summary>What a person confirms an address with.</summary>
/// <param name="Password">typed on the page, where a proof besides is asked for; else null</param>
public abstract record VerificationForm(string? Password)
{
    public sealed override string ToString() => nameof(VerificationForm);
}

/// <summary>By the token of the mailed link.</summary>
public sealed record VerificationByLink(string Token, string? Password) : VerificationForm(Password);

/// <summary>By the code of the same mail, and the address that it went to.</summary>
public sealed record VerificationByCode(string Code, EmailAddress Email, string? Password) : VerificationForm(Password);
