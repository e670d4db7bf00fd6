using Accounts.Core.Users;

namespace Accounts.Core.Passwords.Reset;

/// <summary>What somebody who forgot the password has of the reset mail, and the password to be.</summary>
public abstract record PasswordResetForm
{
    public required NewPassword NewPassword { get; init; }

    public sealed override string ToString() => nameof(PasswordResetForm);
}

/// <summary>By the token of the mailed link.</summary>
public sealed record ResetByLink(string Token) : PasswordResetForm;

/// <summary>By the code of the same mail, and the address that it went to.</summary>
public sealed record ResetByCode(string Code, EmailAddress Email) : PasswordResetForm;
