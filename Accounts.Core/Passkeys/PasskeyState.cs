using Accounts.Core.Secrets;

namespace Accounts.Core.Passkeys;

/// <summary>What an authenticator is asked for.</summary>
public enum CeremonyKind
{
    /// <summary>A new passkey.</summary>
    Create,

    /// <summary>A signature by one that there is.</summary>
    Get,
}

/// <summary>What a ceremony has begun for; its state serves for nothing else.</summary>
public enum PasskeyPurpose
{
    /// <summary>Adding a passkey to the user who is signed in.</summary>
    Register,

    /// <summary>Signing in with nothing else.</summary>
    SignIn,

    /// <summary>Signing in, after another proof.</summary>
    SecondFactor,

    /// <summary>Proving once more who is signed in.</summary>
    Reauthenticate,

    /// <summary>Having a frozen account back.</summary>
    Recover,
}

/// <summary>Whether the authenticator must have verified who uses it, by PIN, finger or face.</summary>
public enum UserVerification
{
    Required,
    Preferred,
}

public static class PasskeyPurposes
{
    public static CeremonyKind Kind(this PasskeyPurpose purpose) => purpose == PasskeyPurpose.Register ? CeremonyKind.Create : CeremonyKind.Get;

    /// <summary>Where nothing else is proved, the passkey is two factors or none.</summary>
    public static UserVerification Requirement(this PasskeyPurpose purpose) =>
        purpose is PasskeyPurpose.SignIn or PasskeyPurpose.Reauthenticate ? UserVerification.Required : UserVerification.Preferred;
}

/// <summary>A ceremony that has begun: what the authenticator's answer must repeat. Lives 5 minutes, by the database's clock, and is spent once.</summary>
public sealed class PasskeyState
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    private PasskeyState()
    {
    }

    public byte[] Hash { get; private set; } = [];

    public CeremonyKind Kind { get; private set; }

    public PasskeyPurpose Purpose { get; private set; }

    public UserVerification Requirement { get; private set; }

    /// <summary>Whose ceremony it is; null where the passkey is to tell that.</summary>
    public Guid? UserId { get; private set; }

    /// <summary>What who checks the answer has to remember: the challenge, as JSON. Of no use without an authenticator.</summary>
    public string Challenge { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset ExpiresAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <summary>The state comes out here; the row keeps its hash.</summary>
    public static PasskeyState Begin(PasskeyPurpose purpose, Guid? userId, string challenge, out string state)
    {
        state = OpaqueToken.New();
        return new PasskeyState
        {
            Hash = OpaqueToken.Hash(state),
            Kind = purpose.Kind(),
            Purpose = purpose,
            Requirement = purpose.Requirement(),
            UserId = userId,
            Challenge = challenge,
        };
    }
}
