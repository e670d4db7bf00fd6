using Accounts.Core.Audit;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Changes;

/// <summary>
/// A change of who gets into an account, with what undoes it. For 7 days the link of the mail about it stops everything, and the mailbox of
/// before has the account back as it was.
/// </summary>
public sealed class AccountChange
{
    public static readonly TimeSpan Window = TimeSpan.FromDays(7);

    private AccountChange()
    {
    }

    public Guid Id { get; private set; }

    public Guid UserId { get; private set; }

    public SecurityEventKind Kind { get; private set; }

    /// <summary>By the database's clock, as is the end of the window; under the user's lock, so that the later one is the later one.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>The user's address before the change: what has it back is mailed there.</summary>
    public string Email { get; private set; } = "";

    /// <summary>What its <see cref="IChangeReversal"/> needs, sealed; null where it needs nothing.</summary>
    public byte[]? Reverse { get; private set; }

    /// <summary>The key of the address before it, which nobody else may take as long as the change may be undone, by whichever link; null where none is kept.</summary>
    public string? ReservedEmail { get; private set; }

    public string Ip { get; private set; } = "";

    public string UserAgent { get; private set; } = "";

    public byte[] TokenHash { get; private set; } = [];

    public DateTimeOffset ExpiresAt { get; private set; }

    /// <summary>When its link froze the account.</summary>
    public DateTimeOffset? FrozenAt { get; private set; }

    /// <summary>Its link is of no use any more: an earlier change was frozen, or its address turned out to be another's.</summary>
    public DateTimeOffset? VoidAt { get; private set; }

    public DateTimeOffset? UndoneAt { get; private set; }

    /// <summary>What <see cref="Reverse"/> is sealed for.</summary>
    public string Place => $"account_changes|{Id:N}";

    /// <param name="kind">of which there is a mail</param>
    /// <param name="user">whose it is, as they were before</param>
    /// <param name="device">that it came from</param>
    /// <param name="now">for its id</param>
    /// <param name="token">for the mail's link; the row keeps its hash</param>
    public static AccountChange Of(SecurityEventKind kind, User user, Device device, DateTimeOffset now, out string token)
    {
        token = OpaqueToken.New();
        return new AccountChange
        {
            Id = Guid.CreateVersion7(now),
            UserId = user.Id,
            Kind = kind,
            Email = user.Email!,
            Ip = device.Ip.ToString(),
            UserAgent = device.UserAgent,
            TokenHash = OpaqueToken.Hash(token),
        };
    }

    /// <param name="reverse">for its reversal alone</param>
    /// <param name="box">that seals it</param>
    public void Keep(byte[] reverse, SecretBox box) => Reverse = box.Seal(SecretUse.AccountChanges, reverse, Place);

    public void Reserve(EmailAddress address) => ReservedEmail = address.Key;

    /// <exception cref="System.Security.Cryptography.CryptographicException">no listed secret opens it</exception>
    public byte[] Open(SecretBox box) => Reverse is null ? [] : box.Open(SecretUse.AccountChanges, Reverse, Place);

    /// <param name="now">by the database's clock</param>
    /// <param name="until">when it can be undone no more: it may have had only seconds left</param>
    public void Freeze(DateTimeOffset now, DateTimeOffset until) => (FrozenAt, ExpiresAt) = (now, until);

    public void Undo(DateTimeOffset now) => UndoneAt = now;
}
