using Accounts.Core.Users;

namespace Accounts.Core.Passkeys;

/// <summary>That an authenticator has just signed with a user's passkey. It counts once its use is recorded: see <see cref="PasskeyUse"/>.</summary>
/// <param name="User">whose it is, as they were then</param>
/// <param name="CredentialId">of the passkey</param>
/// <param name="Counter">as the authenticator counts</param>
/// <param name="BackedUp">whether it has been copied</param>
/// <param name="UserVerified">whether the authenticator has verified who it was, in this ceremony</param>
public sealed record ProvenPasskey(User User, byte[] CredentialId, long Counter, bool BackedUp, bool UserVerified)
{
    /// <summary>For <c>amr</c>: the key, and with it who used it, which makes two factors.</summary>
    public string[] Methods => UserVerified ? ["pop", "user", "mfa"] : ["pop"];

    public override string ToString() => $"ProvenPasskey of user {User.Id}";
}
