using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SecondFactor;

/// <summary>The recovery codes of users. Who makes or removes some holds the user's row.</summary>
public sealed class RecoveryCodes(AccountsDb db)
{
    /// <summary>A whole set in place of the one of before; saved by the caller.</summary>
    public async Task<string[]> MakeAsync(User user, CancellationToken cancellation)
    {
        await RemoveAsync(user.Id, cancellation);
        var (texts, now) = (new string[RecoveryCode.InASet], await db.ReadClockAsync(cancellation));
        for (var i = 0; i < texts.Length; i++)
        {
            db.RecoveryCodes.Add(RecoveryCode.Of(user.Id, RandomNumberGenerator.GetBytes(RecoveryCode.Length), now, out texts[i]));
        }
        return texts;
    }

    /// <summary>Whether the user has a set, be it used up.</summary>
    public Task<bool> AnyAsync(User user, CancellationToken cancellation) => db.RecoveryCodes.AnyAsync(c => c.UserId == user.Id, cancellation);

    public Task<int> LeftAsync(Guid userId, CancellationToken cancellation) =>
        db.RecoveryCodes.CountAsync(c => c.UserId == userId && c.UsedAt == null, cancellation);

    /// <summary>At once. Of any number that bring the same code one has it.</summary>
    /// <returns>whether it was a good one</returns>
    public async Task<bool> SpendAsync(User user, string code, CancellationToken cancellation)
    {
        var hash = RecoveryCode.HashOf(code);
        return await db.RecoveryCodes.Where(c => c.UserId == user.Id && c.Hash == hash && c.UsedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.UsedAt, _ => AccountsDb.ClockTimestamp()), cancellation) == 1;
    }

    public Task<int> RemoveAsync(Guid userId, CancellationToken cancellation) =>
        db.RecoveryCodes.Where(c => c.UserId == userId).ExecuteDeleteAsync(cancellation);

    /// <summary>All of the user's, for a change that may be undone.</summary>
    internal Task<KeptCode[]> KeepAsync(Guid userId, CancellationToken cancellation) =>
        db.RecoveryCodes.Where(c => c.UserId == userId).Select(c => new KeptCode(c.Hash, c.CreatedAt, c.UsedAt)).ToArrayAsync(cancellation);

    /// <summary>In place of those that there are; those that were used stay so.</summary>
    internal async Task BringBackAsync(Guid userId, KeptCode[] codes, CancellationToken cancellation)
    {
        await RemoveAsync(userId, cancellation);
        foreach (var (hash, createdAt, usedAt) in codes)
        {
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO recovery_codes (user_id, hash, created_at, used_at) VALUES ({userId}, {hash}, {createdAt}, {usedAt})", cancellation);
        }
    }
}
