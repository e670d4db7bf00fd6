using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Changes;

/// <summary>Notes a change beside the mail that tells of it, with what undoes it; saved with the act, whose caller holds the user's row.</summary>
public sealed class ChangeLog(AccountsDb db, SecretBox box, TimeProvider time, MailLinks links)
{
    /// <param name="kind">of the event that is recorded with it</param>
    /// <param name="user">as they are before it: the address of now is where it may be undone</param>
    /// <param name="device">that it came from</param>
    /// <param name="reverse">what its <see cref="IChangeReversal"/> needs; null for nothing</param>
    /// <returns>the link "this wasn't me" for the mail</returns>
    public string Add(SecurityEventKind kind, User user, Device device, byte[]? reverse = null) =>
        Link(AccountChange.Of(kind, user, device, time.GetUtcNow(), out var token), token, reverse);

    /// <summary>As <see cref="Add"/>, of a change of a verified address: it stays the user's as long as they may have it back.</summary>
    public string AddChangedAddress(User user, Device device, byte[] reverse)
    {
        var change = AccountChange.Of(SecurityEventKind.EmailChanged, user, device, time.GetUtcNow(), out var token);
        change.Reserve(user.Address);
        return Link(change, token, reverse);
    }

    private string Link(AccountChange change, string token, byte[]? reverse)
    {
        if (reverse is not null)
        {
            change.Keep(reverse, box);
        }
        db.AccountChanges.Add(change);
        return links.Security(token);
    }
}
