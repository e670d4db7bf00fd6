namespace Accounts.Core.Secrets;

/// <summary>The server's own secrets: section <c>Accounts</c>.</summary>
public sealed class SecretOptions
{
    /// <summary>The shortest key that is accepted, in bytes of UTF-8.</summary>
    public const int MinimumLength = 32;

    /// <summary>
    /// At least 32 random characters, the same on every node (<c>openssl rand -base64 48</c>). Used only through HKDF.
    /// Required outside Development, where one is made.
    /// </summary>
    public string SecretKey { get; set; } = "";

    /// <summary>Keys that are still accepted but never used to issue, separated by commas.</summary>
    public string PreviousSecretKeys { get; set; } = "";
}
