using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.MailedTokens;

/// <summary>What a mailed proof of control of an address may be used for.</summary>
public enum VerificationPurpose
{
    Verify,
    Reset,
    Change,
    Undo,
}

/// <summary>A proof of control of an address: an opaque token, and for <see cref="VerificationPurpose.Verify"/> a 6-digit code, mailed and spent once.</summary>
public sealed class EmailVerificationToken
{
    /// <summary>Guesses of the code; after them the link still works.</summary>
    public const int MostAttempts = 5;

    /// <summary>Links that live side by side for one user and purpose.</summary>
    public const int MostAlive = 3;

    public static readonly TimeSpan VerifyLifetime = TimeSpan.FromHours(24);

    public static readonly TimeSpan ResetLifetime = TimeSpan.FromMinutes(30);

    private EmailVerificationToken()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>The address as it was when the token was made; the proof is of no use for another.</summary>
    public string Email { get; private set; } = "";

    public VerificationPurpose Purpose { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public byte[]? CodeHash { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>By the database's clock, as is the expiry.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>The token and code come out here and nowhere else: the row keeps only hashes.</summary>
    public static EmailVerificationToken ForVerification(User user, SecretKey key, DateTimeOffset now, out string token, out string code)
    {
        token = NewToken();
        code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        var id = Guid.CreateVersion7(now);
        return new EmailVerificationToken
        {
            Id = id,
            UserId = user.Id,
            Email = user.Email!,
            Purpose = VerificationPurpose.Verify,
            TokenHash = Hash(token),
            CodeHash = HashCode(key, id, VerificationPurpose.Verify, code),
        };
    }

    /// <inheritdoc cref="ForVerification"/>
    /// <param name="user">whose password it may set</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">43 characters</param>
    public static EmailVerificationToken ForReset(User user, DateTimeOffset now, out string token)
    {
        token = NewToken();
        return new EmailVerificationToken
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Email = user.Email!,
            Purpose = VerificationPurpose.Reset,
            TokenHash = Hash(token),
            CreatedAt = now,
            ExpiresAt = now + ResetLifetime,
        };
    }

    private static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));

    /// <summary>A plain hash of six digits falls in milliseconds to whoever reads the table; this one needs the server's key too.</summary>
    public static byte[] HashCode(SecretKey key, Guid id, VerificationPurpose purpose, string code) =>
        HMACSHA256.HashData(key.Derive(SecretUse.VerificationCodes), Encoding.UTF8.GetBytes($"{id:N}|{purpose}|{code}"));
}
