namespace Accounts.Core.Passwords;

/// <summary>What a password must be and how it is kept: section <c>Accounts:Passwords</c>.</summary>
public sealed class PasswordOptions
{
    /// <summary>Below this a hash counts as weak (OWASP, PBKDF2-HMAC-SHA512); outside Development the start is refused.</summary>
    public const int FewestIterations = 210_000;

    /// <summary>In code points. 15 is recommended where there is no second factor (NIST SP 800-63B-4).</summary>
    public int MinimumLength { get; set; } = 8;

    /// <summary>PBKDF2-HMAC-SHA512 iterations. Raising it rehashes each password at its next sign-in.</summary>
    public int Iterations { get; set; } = 220_000;
}
