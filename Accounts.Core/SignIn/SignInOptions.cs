namespace Accounts.Core.SignIn;

/// <summary>Who is let in: section <c>Accounts:Registration</c>, where the setting has always stood.</summary>
public sealed class SignInOptions
{
    /// <summary>Sign-in is refused (<c>email_not_verified</c>) until the address is verified.</summary>
    public bool RequireVerifiedEmail { get; set; }
}
