using System.Security.Cryptography;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Changes;

/// <summary>Undoes changes of one user inside the caller's transaction, who holds the user's row.</summary>
public sealed class ChangeUndo(AccountsDb db, IEnumerable<IChangeReversal> reversals, MailQueue mails, SecretBox box)
{
    /// <summary>Kinds of changes that give somebody a way in.</summary>
    public SecurityEventKind[] GivingWays => [.. reversals.Where(reversal => reversal.GaveWay).Select(reversal => reversal.Kind).Distinct()];

    /// <param name="changes">newest first</param>
    /// <param name="user">whose they are</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>what stays out, in words</returns>
    public async Task<string[]> UndoAsync(IEnumerable<AccountChange> changes, User user, CancellationToken cancellation)
    {
        var now = await db.ReadClockAsync(cancellation);
        var kept = new List<string>();
        foreach (var change in changes)
        {
            if (await TryAsync(change, user, cancellation) is { } what)
            {
                kept.Add(what);
            }
            change.Undo(now);
        }
        // What was gathered and is not told yet is no longer so.
        await mails.WithdrawAsync<MoreChangesMail>(user, cancellation);
        return [.. kept];
    }

    /// <summary>A kind without a reversal brings nothing back, and is not even opened.</summary>
    private async Task<string?> TryAsync(AccountChange change, User user, CancellationToken cancellation)
    {
        if (reversals.FirstOrDefault(reversal => reversal.Kind == change.Kind) is not { } reversal)
        {
            return null;
        }
        try
        {
            return await reversal.UndoAsync(user, change.Open(box), cancellation);
        }
        catch (CryptographicException)
        {
            return SnakeCaseNames.Snake(change.Kind.ToString());
        }
    }
}
