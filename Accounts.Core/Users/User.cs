using Microsoft.AspNetCore.Identity;

namespace Accounts.Core.Users;

/// <summary>
/// A person with an account. Derives from Identity's user so that its hasher, and later its authenticator and passkey
/// code, work on it; the normalised names hold our own <see cref="LookupKey"/>.
/// </summary>
public sealed class User : IdentityUser<Guid>
{
    public const int LongestName = 150;

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public bool IsActive { get; private set; } = true;

    public string[] Roles { get; private set; } = [];

    public DateTimeOffset DateJoined { get; private set; }

    public DateTimeOffset? LastLogin { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>The stored address, which was valid when it was stored.</summary>
    public EmailAddress Address => EmailAddress.Parse(Email!);

    public bool HasPassword => PasswordHash is not null;

    public static User Register(Username username, EmailAddress email, string firstName, string lastName, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserName = username.Text,
        NormalizedUserName = username.Key,
        Email = email.Text,
        NormalizedEmail = email.Key,
        FirstName = firstName,
        LastName = lastName,
        DateJoined = now,
        SecurityStamp = NewStamp(),
    };

    /// <summary>Somebody whom an identity provider vouches for: no password; whether the address is verified is the provider's to say.</summary>
    public static User OfProvider(Username username, EmailAddress email, bool verified, string firstName, string lastName, DateTimeOffset now)
    {
        var user = Register(username, email, firstName, lastName, now);
        user.EmailConfirmed = verified;
        return user;
    }

    /// <summary>A new password makes every sign-in that was checked against the old one fail: the stamp changes with it.</summary>
    public void SetPassword(string passwordHash)
    {
        PasswordHash = passwordHash;
        SecurityStamp = NewStamp();
    }

    /// <summary>A new password for whoever has just proved that the mailbox is theirs, and so the address with it.</summary>
    public void ResetPassword(string passwordHash)
    {
        SetPassword(passwordHash);
        EmailConfirmed = true;
    }

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
