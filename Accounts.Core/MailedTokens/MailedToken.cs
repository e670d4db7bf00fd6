using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.MailedTokens;

/// <summary>What a mailed token may be used for, and nothing else.</summary>
public enum TokenPurpose
{
    Verify,
    Reset,
    Change,
    Undo,
}

/// <summary>A proof of control of an address: an opaque token, and for <see cref="TokenPurpose.Verify"/> a code of 6 digits, mailed and spent once.</summary>
public sealed class MailedToken
{
    /// <summary>Guesses of the code; after them the link still works.</summary>
    public const int MostAttempts = 5;

    /// <summary>Links that live side by side for one user and purpose.</summary>
    public const int MostAlive = 3;

    public static readonly TimeSpan VerifyLifetime = TimeSpan.FromHours(24);

    public static readonly TimeSpan ResetLifetime = TimeSpan.FromMinutes(30);

    private MailedToken()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>The address as it was when the token was made; the proof is of no use for another.</summary>
    public string Email { get; private set; } = "";

    public TokenPurpose Purpose { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public byte[]? CodeHash { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>By the database's clock, as is the expiry.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>The token and code come out here and nowhere else: the row keeps only hashes.</summary>
    public static MailedToken ForVerification(User user, SecretKey key, DateTimeOffset now, out string token, out string code)
    {
        var made = Make(user, TokenPurpose.Verify, now, out token);
        code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        made.CodeHash = HashCode(key, made.Id, made.Purpose, code);
        return made;
    }

    /// <inheritdoc cref="ForVerification"/>
    /// <param name="user">whose password it may set</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">43 characters</param>
    public static MailedToken ForReset(User user, DateTimeOffset now, out string token)
    {
        var made = Make(user, TokenPurpose.Reset, now, out token);
        (made.CreatedAt, made.ExpiresAt) = (now, now + ResetLifetime);
        return made;
    }

    private static MailedToken Make(User user, TokenPurpose purpose, DateTimeOffset now, out string token)
    {
        token = OpaqueToken.New();
        return new MailedToken
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Email = user.Email!,
            Purpose = purpose,
            TokenHash = OpaqueToken.Hash(token),
        };
    }

    /// <summary>A plain hash of six digits falls in milliseconds to whoever reads the table; this one needs the server's key too.</summary>
    public static byte[] HashCode(SecretKey key, Guid id, TokenPurpose purpose, string code) =>
        HMACSHA256.HashData(key.Derive(SecretUse.VerificationCodes), Encoding.UTF8.GetBytes($"{id:N}|{purpose}|{code}"));
}
