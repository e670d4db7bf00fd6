using System.Text.Json.Nodes;
using Accounts.Core.Users.Extra;
using Microsoft.AspNetCore.Identity;

namespace Accounts.Core.Users;

/// <summary>
/// A person with an account. Derives from Identity's user so that its hasher, and later its authenticator and passkey
/// code, work on it; the normalised names hold our own <see cref="LookupKey"/>.
/// </summary>
public sealed partial class User : IdentityUser<Guid>
{
    public const int LongestName = 150, LongestLegacyId = 255, LongestReason = 500;

    /// <summary>Among <see cref="Ways"/>.</summary>
    public const string PasswordWay = "password";

    /// <summary>The one word of <see cref="Roles"/> that has a meaning here.</summary>
    public const string Administrator = "admin";

    public string FirstName { get; private set; } = "";

    public string LastName { get; private set; } = "";

    public bool IsActive { get; private set; } = true;

    /// <summary>Of who is verified, and nobody else.</summary>
    public string[] Roles { get; private set; } = [];

    /// <summary>When who is not active is so again, by itself; null for never, and for who is.</summary>
    public DateTimeOffset? SuspendedUntil { get; private set; }

    /// <summary>Why an administrator has deactivated them, in the administrator's words; null for no word.</summary>
    public string? DeactivationReason { get; private set; }

    public DateTimeOffset DateJoined { get; private set; }

    public DateTimeOffset? LastLogin { get; private set; }

    public DateTimeOffset? DeletedAt { get; private set; }

    /// <summary>Until when who has deleted the account may have it back; then all of it goes. Null for who has not.</summary>
    public DateTimeOffset? EraseAfter { get; private set; }

    /// <summary>Until when nobody signs in and nothing is mailed or changed, for who reads the owner's mail has said that a change was not theirs.</summary>
    public DateTimeOffset? FrozenUntil { get; private set; }

    /// <summary>
    /// What the user signs in with, as on the wire: the password first, then the others, oldest first; second factors, too. This alone tells it:
    /// each feature changes it with its own rows, in one transaction. A test makes it from the tables once more.
    /// </summary>
    public string[] Ways { get; private set; } = [];

    /// <summary>What sessions begin with: those of an earlier one have ended.</summary>
    public long SessionsEpoch { get; private set; }

    /// <summary>When it was last raised; null as long as it never was.</summary>
    public DateTimeOffset? SessionsEndedAt { get; private set; }

    /// <summary>Why it was last raised: the word of a reason that a session ends for.</summary>
    public string? SessionsEndReason { get; private set; }

    /// <summary>Rises with what makes an access token say something that is no longer so.</summary>
    public long Version { get; private set; }

    /// <summary>The language of their mails; null for the default.</summary>
    public string? Locale { get; private set; }

    /// <summary>What they have in the extra fields, a JSON object; null for nothing.</summary>
    public string? Extra { get; private set; }

    /// <summary>What no other name that looks like the username has; null for who has not got theirs yet, or has a name that looks like an older user's.</summary>
    public byte[]? UsernameShape { get; private set; }

    /// <summary>Whether the account was made by a sign-up here. One that somebody has written into the table is never taken for a sign-up that came to nothing.</summary>
    public bool SignedUpHere { get; private set; }

    /// <summary>The id in the system that they came from; null for who signed up here.</summary>
    public string? LegacyId { get; private set; }

    public DateTimeOffset? VerifiedAt { get; private set; }

    /// <summary>Null for who is not verified, and where an operator says so.</summary>
    public VerifiedBy? VerifiedBy { get; private set; }

    /// <summary>Random, and what authenticators know the user by; null until their first passkey.</summary>
    public byte[]? PasskeyHandle { get; private set; }

    /// <summary>The stored address, which was valid when it was stored.</summary>
    public EmailAddress Address => EmailAddress.Parse(Email!);

    public bool HasPassword => PasswordHash is not null;

    public bool IsAdministrator => Roles.Contains(Administrator);

    /// <summary>Whether who made the account need not be who reads its mail: nobody has proved the address, or only by a link that was followed in a strange browser.</summary>
    public bool MayBeAnothers => !EmailConfirmed || VerifiedBy == Users.VerifiedBy.LinkElsewhere;

    public static User Register(Username username, EmailAddress email, string firstName, string lastName, DateTimeOffset now, string? locale = null, bool signedUpHere = true) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserName = username.Text,
        NormalizedUserName = username.Key,
        UsernameShape = username.Shape,
        Email = email.Text,
        NormalizedEmail = email.Key,
        FirstName = firstName,
        LastName = lastName,
        // As the database keeps it: the first answer shows it before it was ever read.
        DateJoined = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)),
        SecurityStamp = NewStamp(),
        Locale = locale,
        SignedUpHere = signedUpHere,
    };

    /// <summary>Somebody whom an identity provider vouches for: no password; whether the address is verified is the provider's to say.</summary>
    public static User OfProvider(Username username, EmailAddress email, bool verified, string firstName, string lastName, DateTimeOffset now, string? locale)
    {
        var user = Register(username, email, firstName, lastName, now, locale);
        if (verified)
        {
            user.Verify(Users.VerifiedBy.Provider, now);
        }
        return user;
    }

    /// <summary>A new password makes every sign-in that was checked against the old one fail: the stamp changes with it.</summary>
    public void SetPassword(string passwordHash)
    {
        PasswordHash = passwordHash;
        SecurityStamp = NewStamp();
        RemoveWay(PasswordWay);
        Ways = [PasswordWay, .. Ways];
    }

    /// <summary>Whoever knew it is out, and so is every sign-in in flight.</summary>
    public void RemovePassword()
    {
        PasswordHash = null;
        SecurityStamp = NewStamp();
        RemoveWay(PasswordWay);
    }

    /// <summary>
    /// A new password for whoever has just proved that the mailbox is theirs, and so the address with it. It proves more
    /// than a link that was followed in a strange browser, and takes its place.
    /// </summary>
    public void ResetPassword(string passwordHash, DateTimeOffset now)
    {
        SetPassword(passwordHash);
        if (MayBeAnothers)
        {
            Verify(Users.VerifiedBy.Reset, now);
        }
    }

    /// <summary>The account is the one's whom an identity provider vouches for: what others called themselves here goes. Its ways in have been taken away before.</summary>
    public void Reclaim(Username username, string firstName, string lastName, string? locale, DateTimeOffset now)
    {
        Rename(username);
        Describe(firstName, lastName, locale ?? "");
        Extra = null;
        Verify(Users.VerifiedBy.Provider, now);
    }

    /// <summary>Whether the name is free is the unique index's to say, when it is saved.</summary>
    public void Rename(Username username) => (UserName, NormalizedUserName, UsernameShape) = (username.Text, username.Key, username.Shape);

    /// <param name="firstName">may be empty</param>
    /// <param name="lastName">may be empty</param>
    /// <param name="locale">a language tag; empty for the default</param>
    public void Describe(string firstName, string lastName, string locale) =>
        (FirstName, LastName, Locale) = (firstName, lastName, locale.Length > 0 ? locale : null);

    /// <param name="change">of extra fields, where null takes a value away; the others stay</param>
    public void Fill(IReadOnlyDictionary<string, JsonNode?> change) => Extra = ExtraFields.Changed(Extra, change);

    /// <summary>All extra fields at once.</summary>
    /// <param name="extra">as <see cref="Extra"/> is kept</param>
    public void Fill(string? extra) => Extra = extra;

    public void Verify(VerifiedBy? by, DateTimeOffset now) => (EmailConfirmed, VerifiedAt, VerifiedBy) = (true, now, by);

    /// <summary>By who reads its mail. Whether somebody else has it is the unique index's to say, when it is saved.</summary>
    public void ChangeAddress(EmailAddress address, VerifiedBy by, DateTimeOffset now)
    {
        (Email, NormalizedEmail) = (address.Text, address.Key);
        Verify(by, now);
    }

    /// <summary>To an address of before, which is proved as it was then.</summary>
    public void MoveBack(EmailAddress address, bool verified, VerifiedBy? by, DateTimeOffset? at)
    {
        (Email, NormalizedEmail) = (address.Text, address.Key);
        (EmailConfirmed, VerifiedBy, VerifiedAt) = (verified, by, at);
        if (!verified && Roles.Length > 0)
        {
            (Roles, Version) = ([], Version + 1);
        }
    }

    /// <summary>The caller holds the user's row, and saves what makes it a way with it.</summary>
    public void AddWay(string way) => Ways = [.. Ways, way];

    /// <inheritdoc cref="AddWay"/>
    public void RemoveWay(string way) => Ways = [.. Ways.Where(other => other != way)];

    /// <summary>Who gets in is decided by something else from now on: no sign-in in flight gets in, and no device is known any more.</summary>
    public void RenewStamp() => SecurityStamp = NewStamp();

    /// <summary>Out from now on; the stamp changes, so that no sign-in in flight gets in.</summary>
    public void Leave(DateTimeOffset now, TimeSpan delay) => (DeletedAt, EraseAfter, SecurityStamp) = (now, now + delay, NewStamp());

    public void Return() => (DeletedAt, EraseAfter) = (null, null);

    /// <summary>The stamp changes, so that no sign-in in flight gets in.</summary>
    public void Freeze(DateTimeOffset until) => (FrozenUntil, SecurityStamp) = (FrozenUntil > until ? FrozenUntil : until, NewStamp());

    public void Thaw() => FrozenUntil = null;

    /// <summary>The caller has looked whether anybody else is left to administer.</summary>
    /// <exception cref="InvalidOperationException">nobody has proved the address</exception>
    public void GiveRoles(RoleNames roles)
    {
        if (!EmailConfirmed && roles.Names.Length > 0)
        {
            throw new InvalidOperationException("Only who is verified holds roles.");
        }
        (Roles, Version) = (roles.Names, Version + 1);
    }

    /// <summary>Out from now on; the stamp changes, so that no sign-in in flight gets in. The caller ends the sessions.</summary>
    /// <param name="reason">null for none</param>
    /// <param name="until">when they are active again by themselves; null for never</param>
    public void Deactivate(string? reason, DateTimeOffset? until) =>
        (IsActive, DeactivationReason, SuspendedUntil, SecurityStamp) = (false, reason, until, NewStamp());

    /// <summary>Whatever kept them out, a deletion or a freeze too, is over.</summary>
    public void Activate()
    {
        (IsActive, DeactivationReason, SuspendedUntil, Version) = (true, null, null, Version + 1);
        Return();
        Thaw();
    }

    /// <summary>What somebody else has changed: who has read the user before is told so.</summary>
    public void RaiseVersion() => Version++;

    private static string NewStamp() => Guid.NewGuid().ToString("N");
}
