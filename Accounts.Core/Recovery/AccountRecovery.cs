using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Passwords;
using Accounts.Core.SignIn;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace Accounts.Core.Recovery;

/// <summary>The token of the mail that freezing has sent, the password to be, and the factor of who had a second one before the change.</summary>
public sealed record RecoveryForm(string Token, NewPassword NewPassword, FactorProof? Factor)
{
    public override string ToString() => nameof(RecoveryForm);
}

/// <summary>Has a frozen account back as it was before the change, by whoever reads the mailbox of before. Signs nobody in.</summary>
public sealed class AccountRecovery(AccountsDb db, MailedTokenStore tokens, NewPasswords passwords, ProvenReturn former, AccountThrottle throttle)
{
    /// <summary>No password has it.</summary>
    private const string NoHash = "";

    /// <returns>what stays out, for it is somebody else's by now</returns>
    /// <exception cref="InvalidInputException">it is no password for this user; the token is not spent</exception>
    /// <exception cref="RefusedException">the token is unknown, spent, revoked or too old, or the account is frozen no more</exception>
    /// <exception cref="SecondFactorRequiredException">there was a second factor before the change, and none came along; the token is not spent</exception>
    /// <exception cref="AuthenticationFailedException">it is none of theirs; the token is not spent</exception>
    /// <exception cref="RecoveryWaitsException">the only factor was added since, and a day is not over; the token is not spent</exception>
    /// <exception cref="ConflictException">somebody has the address of before, whom only who writes to the table can have given it, for it was reserved; nothing goes back, and nobody gets in</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long; the token is not spent</exception>
    public async Task<string[]> RecoverAsync(RecoveryForm form, Device device, CancellationToken cancellation)
    {
        var (_, owner) = await tokens.FindForRecoveryAsync(form.Token, cancellation);
        passwords.Demand(form.NewPassword, owner);
        using var place = await passwords.TakeTurnAsync(owner, device, cancellation);
        // Once more: of many at once the first spends it, and the others cost no hash.
        var (token, _) = await tokens.FindForRecoveryAsync(form.Token, cancellation);
        var hash = await passwords.HashAsync(place, form.NewPassword, cancellation);
        var (identifier, kept) = await SaveAsync(token, hash, form.Factor, device, cancellation);
        await throttle.ForgetAllAsync(identifier, device);
        return kept;
    }

    /// <summary>
    /// Shows the account as it will be, and leaves it as it is: a factor that was removed since is asked for, and one that was added is not.
    /// </summary>
    /// <param name="text">the token of the mail that freezing has sent, which is not spent</param>
    /// <param name="look">at the user, inside a transaction that is taken back</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="RefusedException">the token is unknown, spent, revoked or too old, or the account is frozen no more</exception>
    /// <exception cref="ConflictException">somebody has the address of before</exception>
    public async Task<T> LookAsync<T>(string text, Func<User, Task<T>> look, Device device, CancellationToken cancellation)
    {
        var (token, _) = await tokens.FindForRecoveryAsync(text, cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await LockAsync(token, cancellation);
        await BringBackAsync(user, new FormerOwner(token.Email, NoHash, null), device, cancellation);
        var seen = await look(user);
        await transaction.RollbackAsync(cancellation);
        db.ChangeTracker.Clear();
        return seen;
    }

    private async Task<(string Identifier, string[] Kept)> SaveAsync(MailedToken token, string hash, FactorProof? factor, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await LockAsync(token, cancellation);
        await tokens.SpendAsync(token, cancellation);
        var owner = new FormerOwner(token.Email, hash, factor);
        var returned = await BringBackAsync(user, owner, device, cancellation);
        await DemandFactorAsync(user, returned, owner, device, transaction, cancellation);
        await transaction.CommitAsync(cancellation);
        return (user.NormalizedEmail!, returned.Kept);
    }

    private async Task DemandFactorAsync(
        User user, ReturnedState returned, FormerOwner owner, Device device, IDbContextTransaction transaction, CancellationToken cancellation)
    {
        try
        {
            await former.DemandFactorAsync(user, returned, owner, device, cancellation);
        }
        catch (AuthenticationFailedException)
        {
            await transaction.RollbackAsync(CancellationToken.None);
            db.ChangeTracker.Clear();
            former.TellClosed();
            await db.SaveChangesAsync(CancellationToken.None);
            throw;
        }
    }

    private async Task<User> LockAsync(MailedToken token, CancellationToken cancellation) =>
        await db.LockAnyUserAsync(token.UserId!.Value, cancellation) is { } user && user.IsFrozen() ? user : throw MailedTokenStore.Invalid();

    private async Task<ReturnedState> BringBackAsync(User user, FormerOwner owner, Device device, CancellationToken cancellation)
    {
        try
        {
            var returned = await former.BringBackAsync(user, owner, device, cancellation);
            await db.SaveChangesAsync(cancellation);
            return returned;
        }
        catch (DbUpdateException e) when (e.IsTakenAddress())
        {
            throw new ConflictException(ErrorCode.EmailTaken);
        }
    }
}
