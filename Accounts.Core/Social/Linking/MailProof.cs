using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Linking;

/// <summary>
/// Whether who reads an account's mail is proved to be its owner. Not by an address that a link was followed to in a strange browser, as long as
/// the one of before may have the account back: a proof would drop what was set before, which is the owner's, or, to a thief, worth the account.
/// </summary>
internal static class MailProof
{
    public static async Task<bool> IsProvedByMailAsync(this AccountsDb db, User user, CancellationToken cancellation) =>
        !user.MayBeAnothers || !await db.AccountChanges.AnyMovedAsync(user, cancellation);
}
