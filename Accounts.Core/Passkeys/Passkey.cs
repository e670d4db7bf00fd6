namespace Accounts.Core.Passkeys;

/// <summary>What an authenticator has made for a user: they sign in with it alone, or after something else.</summary>
public sealed class Passkey
{
    public const int LongestCredentialId = 1023;

    /// <summary>Among <see cref="Users.User.Ways"/>, as long as a user has one.</summary>
    public const string Way = "passkey";

    private Passkey()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    /// <summary>What the authenticator calls it; nobody else's has it.</summary>
    public byte[] CredentialId { get; private set; } = [];

    /// <summary>A COSE key (RFC 9052).</summary>
    public byte[] PublicKey { get; private set; } = [];

    /// <summary>How often it has signed, as the authenticator counts; 0 for one that does not count, as those that are synced.</summary>
    public long Counter { get; private set; }

    /// <summary>How browsers reach the authenticator, as they said.</summary>
    public string[] Transports { get; private set; } = [];

    /// <summary>The authenticator's model, as it says itself; zeros where it says nothing.</summary>
    public Guid Aaguid { get; private set; }

    /// <summary>Whether it may be copied to other devices; that never changes.</summary>
    public bool BackupEligible { get; private set; }

    /// <summary>Whether it was, when it was used last.</summary>
    public bool BackedUp { get; private set; }

    public string Name { get; private set; } = "";

    /// <summary>Whether the authenticator had verified who it was (by PIN or finger) when it made it. Of a use that tells nothing.</summary>
    public bool UserVerifiedAtRegistration { get; private set; }

    /// <summary>Whether it has verified who it was at any use since: a key may have got its PIN later.</summary>
    public bool UserVerifiedAtUse { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? LastUsedAt { get; private set; }

    /// <param name="made">by an authenticator, and checked</param>
    /// <param name="userId">whose it is to be</param>
    /// <param name="name">what they call it</param>
    /// <param name="now">by the database's clock</param>
    public static Passkey Of(NewPasskey made, Guid userId, string name, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        UserId = userId,
        CredentialId = made.CredentialId,
        PublicKey = made.PublicKey,
        Counter = made.Counter,
        Transports = made.Transports,
        Aaguid = made.Aaguid,
        BackupEligible = made.BackupEligible,
        BackedUp = made.BackedUp,
        Name = name,
        UserVerifiedAtRegistration = made.UserVerified,
        CreatedAt = now,
    };
}

/// <summary>What an authenticator has just made, and the ceremony has checked.</summary>
public sealed record NewPasskey(byte[] CredentialId, byte[] PublicKey, long Counter)
{
    public string[] Transports { get; init; } = [];

    public Guid Aaguid { get; init; }

    public bool BackupEligible { get; init; }

    public bool BackedUp { get; init; }

    public bool UserVerified { get; init; }
}
