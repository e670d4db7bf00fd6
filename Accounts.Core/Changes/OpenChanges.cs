using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Changes;

/// <summary>Which changes may still be undone, by their links and one after the other.</summary>
public static class OpenChanges
{
    public static IQueryable<AccountChange> Open(this IQueryable<AccountChange> changes) =>
        changes.Where(c => c.UndoneAt == null && c.ExpiresAt > AccountsDb.ClockTimestamp());

    /// <summary>The one that a link leads to, as long as none before it was frozen.</summary>
    public static IQueryable<AccountChange> OfLink(this IQueryable<AccountChange> changes, string token)
    {
        var (hash, frozen) = (OpaqueToken.Hash(token), changes.Frozen());
        return changes.Open().Where(c => c.TokenHash == hash && c.VoidAt == null && !frozen.Any(f => f.UserId == c.UserId && f.At < c.At));
    }

    /// <summary>Those by which accounts are frozen now.</summary>
    public static IQueryable<AccountChange> Frozen(this IQueryable<AccountChange> changes) => changes.Open().Where(c => c.FrozenAt != null && c.VoidAt == null);

    /// <summary>It and those after it, newest first.</summary>
    public static IQueryable<AccountChange> Since(this IQueryable<AccountChange> changes, AccountChange first) =>
        changes.Where(c => c.UserId == first.UserId && c.At >= first.At && c.UndoneAt == null).OrderByDescending(c => c.At);

    /// <summary>Those before one that have given a way in, newest first: they go back with it, for who follows a late link need not have seen the earlier mail.</summary>
    /// <param name="changes">of all users</param>
    /// <param name="first">that was, or would be, frozen</param>
    /// <param name="givingWays">kinds of those that give a way in</param>
    public static IQueryable<AccountChange> GivingWaysBefore(this IQueryable<AccountChange> changes, AccountChange first, SecurityEventKind[] givingWays) =>
        changes.Open().Where(c => c.UserId == first.UserId && c.At < first.At && givingWays.Contains(c.Kind)).OrderByDescending(c => c.At);

    /// <summary>Whether the user has come from a verified address that they may have back.</summary>
    public static Task<bool> AnyMovedAsync(this IQueryable<AccountChange> changes, User user, CancellationToken cancellation) =>
        changes.Open().AnyAsync(c => c.UserId == user.Id && c.ReservedEmail != null, cancellation);

    /// <summary>No link that was mailed to the user's address is of use any more. Those that an address of before was told of are not its to end.</summary>
    public static Task<int> VoidToldAsync(this IQueryable<AccountChange> changes, User user, CancellationToken cancellation) =>
        changes.Where(c => c.UserId == user.Id && c.Email == user.Email && c.VoidAt == null && c.UndoneAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.VoidAt, _ => AccountsDb.ClockTimestamp()), cancellation);

    /// <summary>None can be undone any more, by whichever link, and no address is kept for the user: an operator decides whose the account is.</summary>
    public static Task<int> EndAllAsync(this IQueryable<AccountChange> changes, User user, CancellationToken cancellation) =>
        changes.Open().Where(c => c.UserId == user.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(c => c.VoidAt, c => c.VoidAt ?? AccountsDb.ClockTimestamp())
                .SetProperty(c => c.ExpiresAt, _ => AccountsDb.ClockTimestamp()),
            cancellation);

    /// <summary>Links of those after it are of no use any more; what they keep, they keep as long as it.</summary>
    public static Task<int> VoidAfterAsync(this IQueryable<AccountChange> changes, AccountChange frozen, CancellationToken cancellation) =>
        changes.Since(frozen).Where(c => c.Id != frozen.Id).ExecuteUpdateAsync(
            set => set
                .SetProperty(c => c.VoidAt, c => c.VoidAt ?? AccountsDb.ClockTimestamp())
                .SetProperty(c => c.ExpiresAt, frozen.ExpiresAt),
            cancellation);
}
