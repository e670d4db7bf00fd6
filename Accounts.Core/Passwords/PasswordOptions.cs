namespace Accounts.Core.Passwords;

/// <summary>What a password must be and how it is kept: section <c>Accounts:Passwords</c>.</summary>
public sealed class PasswordOptions
{
    public const string Argon2id = "argon2id", Pbkdf2 = "pbkdf2";

    /// <summary>Less than this counts as weak (OWASP, Argon2id with one lane); outside Development the start is refused.</summary>
    public const int FewestMemoryKiB = 19_456, FewestPasses = 2;

    /// <summary>Below this a hash counts as weak (OWASP, PBKDF2-HMAC-SHA512); outside Development the start is refused.</summary>
    public const int FewestIterations = 210_000;

    /// <summary>In code points. 15 is recommended where there is no second factor (NIST SP 800-63B-4).</summary>
    public int MinimumLength { get; set; } = 8;

    /// <summary>Whether a new password needs a capital letter. NIST SP 800-63B-4 advises against rules of composition: for who is bound to one.</summary>
    public bool RequireUppercase { get; set; }

    /// <inheritdoc cref="RequireUppercase"/>
    /// <remarks>A small letter.</remarks>
    public bool RequireLowercase { get; set; }

    /// <inheritdoc cref="RequireUppercase"/>
    /// <remarks>A digit.</remarks>
    public bool RequireDigit { get; set; }

    /// <inheritdoc cref="RequireUppercase"/>
    /// <remarks>What is neither letter nor digit; a space counts.</remarks>
    public bool RequireSpecial { get; set; }

    /// <summary>
    /// What new hashes are made by: <c>argon2id</c>, or <c>pbkdf2</c> for who must use what FIPS 140 approves of. Hashes by
    /// the other still verify, and are made anew at the next sign-in.
    /// </summary>
    public string Algorithm { get; set; } = Argon2id;

    /// <summary>That an Argon2id hash takes; as many threads as there are cores hash at once. Raising it rehashes each password at its next sign-in.</summary>
    public int MemoryKiB { get; set; } = 19_456;

    /// <summary>That Argon2id makes over its memory. Raising it rehashes each password at its next sign-in.</summary>
    public int Passes { get; set; } = 2;

    /// <summary>PBKDF2-HMAC-SHA512 iterations. Raising it rehashes each password of that kind at its next sign-in.</summary>
    public int Iterations { get; set; } = 220_000;

    public bool UsesArgon2id => Algorithm.Equals(Argon2id, StringComparison.OrdinalIgnoreCase);
}
