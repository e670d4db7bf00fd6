using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.MailedTokens;

/// <summary>
/// A proof of control of an address: an opaque token, mailed and spent once. Beside it the mail may have a code: of 6 digits where it verifies
/// (<see cref="TokenPurpose.Verify"/>), of 8 where it proves an account (<see cref="TokenPurpose.Reset"/>, <see cref="TokenPurpose.SignIn"/>).
/// </summary>
public sealed class MailedToken
{
    /// <summary>Guesses of the code; after them the link still works.</summary>
    public const int MostAttempts = 5;

    /// <summary>Links that live side by side for one user, purpose and browser.</summary>
    public const int MostAlive = 3;

    private const int DigitsToVerify = 6, DigitsToProve = 8;

    public static readonly TimeSpan VerifyLifetime = TimeSpan.FromHours(24);

    public static readonly TimeSpan ResetLifetime = TimeSpan.FromMinutes(30);

    public static readonly TimeSpan ReauthenticateLifetime = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan SignInLifetime = TimeSpan.FromMinutes(10);

    public static readonly TimeSpan DisownLifetime = TimeSpan.FromDays(7);

    public static readonly TimeSpan ChangeLifetime = TimeSpan.FromHours(24);

    private MailedToken()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Null as long as a sign-up that is pending, or an address of nobody's that signs in, is all that there is.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>The pending sign-up that it confirms; null where there is a user.</summary>
    public Guid? SignUpId { get; private set; }

    /// <summary>The session that it ends; null where it is about something else.</summary>
    public Guid? SessionId { get; private set; }

    /// <summary>The address as it was when the token was made; the proof is of no use for another.</summary>
    public string Email { get; private set; } = "";

    /// <summary>As the address is compared, of one that signs in, whether a user has it or nobody; else null.</summary>
    public string? EmailKey { get; private set; }

    /// <summary>The one to be, which it was mailed to; null where none changes.</summary>
    public string? NewEmail { get; private set; }

    public TokenPurpose Purpose { get; private set; }

    public byte[] TokenHash { get; private set; } = [];

    public byte[]? CodeHash { get; private set; }

    /// <summary>Whose browser alone the code counts in, tries included: that of who had the mail sent. Null where it counts in none.</summary>
    public Guid? AttemptId { get; private set; }

    public int Attempts { get; private set; }

    /// <summary>Of the device that had the mail sent, where the link's page shows it; else null.</summary>
    public string? Ip { get; private set; }

    /// <inheritdoc cref="Ip"/>
    public string? UserAgent { get; private set; }

    /// <summary>By the database's clock, as is the expiry.</summary>
    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>The token and code come out here and nowhere else: the row keeps only hashes.</summary>
    public static MailedToken ForVerification(User user, Guid? attempt, SecretKey key, DateTimeOffset now, out string token, out string code)
    {
        var made = ForVerification(user.Address, attempt, key, now, out token, out code);
        made.UserId = user.Id;
        return made;
    }

    /// <inheritdoc cref="ForVerification(User, Guid?, SecretKey, DateTimeOffset, out string, out string)"/>
    public static MailedToken ForSignUp(
        Guid signUp, EmailAddress address, Guid? attempt, SecretKey key, DateTimeOffset now, out string token, out string code)
    {
        var made = ForVerification(address, attempt, key, now, out token, out code);
        made.SignUpId = signUp;
        return made;
    }

    private static MailedToken ForVerification(EmailAddress address, Guid? attempt, SecretKey key, DateTimeOffset now, out string token, out string code)
    {
        var made = Make(address, TokenPurpose.Verify, now, out token);
        code = NewCode(DigitsToVerify);
        made.AddCode(code, attempt, key);
        return made;
    }

    /// <summary>The token and code come out here and nowhere else: the row keeps only hashes.</summary>
    /// <param name="user">whose password they may set</param>
    /// <param name="attempt">whose browser alone the code counts in; null for none</param>
    /// <param name="key">that the code's hash is made with</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">43 characters</param>
    /// <param name="code">8 digits</param>
    public static MailedToken ForReset(User user, Guid? attempt, SecretKey key, DateTimeOffset now, out string token, out string code)
    {
        var made = Make(user.Address, TokenPurpose.Reset, now, out token);
        (made.UserId, made.CreatedAt, made.ExpiresAt) = (user.Id, now, now + ResetLifetime);
        code = NewCode(DigitsToProve);
        made.AddCode(code, attempt, key);
        return made;
    }

    /// <summary>The token comes out here and nowhere else: the row keeps only its hash. There is no code, for nobody has asked in a browser of the user's.</summary>
    /// <param name="user">whose password it may set</param>
    /// <param name="lifetime">as long as it is good</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">43 characters</param>
    public static MailedToken ForReset(User user, TimeSpan lifetime, DateTimeOffset now, out string token)
    {
        var made = Make(user.Address, TokenPurpose.Reset, now, out token);
        (made.UserId, made.CreatedAt, made.ExpiresAt) = (user.Id, now, now + lifetime);
        return made;
    }

    /// <summary>The code comes out here and nowhere else: the row keeps only its hash. There is no link.</summary>
    /// <param name="purpose">that the code is for</param>
    /// <param name="user">who gets it</param>
    /// <param name="attempt">the session or ticket with which alone the code counts</param>
    /// <param name="key">that the code's hash is made with</param>
    /// <param name="now">the database's time</param>
    /// <param name="code">8 digits</param>
    public static MailedToken ForCode(TokenPurpose purpose, User user, Guid attempt, SecretKey key, DateTimeOffset now, out string code)
    {
        var made = Make(user.Address, purpose, now, out _);
        (made.UserId, made.CreatedAt, made.ExpiresAt) = (user.Id, now, now + ReauthenticateLifetime);
        code = NewCode(DigitsToProve);
        made.AddCode(code, attempt, key);
        return made;
    }

    /// <summary>The token comes out here and nowhere else; the code follows from it (<see cref="CodeOf"/>), for the link's page shows it.</summary>
    /// <param name="user">who signs in; null where nobody has the address yet</param>
    /// <param name="address">that it is mailed to</param>
    /// <param name="attempt">whose browser alone token and code count in; null for none</param>
    /// <param name="device">that had it sent</param>
    /// <param name="key">that the code is made with</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">43 characters</param>
    public static MailedToken ForSignIn(User? user, EmailAddress address, Guid? attempt, Device device, SecretKey key, DateTimeOffset now, out string token)
    {
        var made = Make(address, TokenPurpose.SignIn, now, out token);
        (made.UserId, made.EmailKey, made.CreatedAt, made.ExpiresAt) = (user?.Id, address.Key, now, now + SignInLifetime);
        (made.Ip, made.UserAgent) = (device.Ip.ToString(), device.UserAgent);
        made.AddCode(CodeOf(key, token), attempt, key);
        return made;
    }

    private static string NewCode(int digits) => string.Concat(RandomNumberGenerator.GetItems<char>("0123456789", digits));

    private void AddCode(string code, Guid? attempt, SecretKey key) => (CodeHash, AttemptId) = (HashCode(key, Id, Purpose, code), attempt);

    /// <summary>The token comes out here and nowhere else: the row keeps only its hash.</summary>
    /// <param name="user">who is told</param>
    /// <param name="sessionId">that it may end, and do nothing else</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">43 characters</param>
    public static MailedToken ForDisowning(User user, Guid sessionId, DateTimeOffset now, out string token)
    {
        var made = Make(user.Address, TokenPurpose.Disown, now, out token);
        (made.UserId, made.SessionId, made.CreatedAt, made.ExpiresAt) = (user.Id, sessionId, now, now + DisownLifetime);
        return made;
    }

    /// <inheritdoc cref="ForChange"/>
    /// <param name="user">whose account it takes away</param>
    /// <param name="until">when the account goes anyway</param>
    public static MailedToken ForErasure(User user, DateTimeOffset now, DateTimeOffset until, out string token)
    {
        var made = Make(user.Address, TokenPurpose.Erase, now, out token);
        (made.UserId, made.CreatedAt, made.ExpiresAt) = (user.Id, now, until);
        return made;
    }

    /// <summary>The token comes out here and nowhere else: the row keeps only its hash.</summary>
    /// <param name="user">whose address it changes</param>
    /// <param name="address">that it proves</param>
    /// <param name="now">the database's time</param>
    /// <param name="token">43 characters</param>
    public static MailedToken ForChange(User user, EmailAddress address, DateTimeOffset now, out string token)
    {
        var made = Make(user.Address, TokenPurpose.Change, now, out token);
        (made.UserId, made.NewEmail, made.CreatedAt, made.ExpiresAt) = (user.Id, address.Text, now, now + ChangeLifetime);
        return made;
    }

    /// <inheritdoc cref="ForChange"/>
    /// <param name="user">whose account it brings back</param>
    /// <param name="address">the user's before the change, which need not be the one of now</param>
    public static MailedToken ForRecovery(User user, EmailAddress address, DateTimeOffset now, out string token)
    {
        var made = Make(address, TokenPurpose.Recover, now, out token);
        (made.UserId, made.CreatedAt, made.ExpiresAt) = (user.Id, now, now + ResetLifetime);
        return made;
    }

    private static MailedToken Make(EmailAddress address, TokenPurpose purpose, DateTimeOffset now, out string token)
    {
        token = OpaqueToken.New();
        return new MailedToken
        {
            Id = Guid.CreateVersion7(now),
            Email = address.Text,
            Purpose = purpose,
            TokenHash = OpaqueToken.Hash(token),
        };
    }

    /// <summary>8 digits that follow from a token: its link can show them, and nobody has to keep them for it.</summary>
    public static string CodeOf(SecretKey key, string token)
    {
        var hash = HMACSHA256.HashData(key.Derive(SecretUse.VerificationCodes), Encoding.UTF8.GetBytes($"{token}|shown"));
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);
    }

    /// <summary>A plain hash of so few digits falls in milliseconds to whoever reads the table; this one needs the server's key too.</summary>
    public static byte[] HashCode(SecretKey key, Guid id, TokenPurpose purpose, string code) =>
        HMACSHA256.HashData(key.Derive(SecretUse.VerificationCodes), Encoding.UTF8.GetBytes($"{id:N}|{purpose}|{code}"));
}
