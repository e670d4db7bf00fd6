using System.Text.Json;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.SecondFactor.Changes;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SecondFactor.Totp;

/// <summary>The authenticator apps of users. Those that are only begun are none.</summary>
internal sealed class TotpKind(AccountsDb db) : FactorKind
{
    public override string Way => TotpFactor.Way;

    public override OutgoingMail AddedMail(ListedFactor factor, string link) => new FactorAddedMail(new Named(TotpFactor.Title), link);

    public override OutgoingMail RemovedMail(ListedFactor factor, string link) => new FactorRemovedMail(new Named(TotpFactor.Title), link);

    public override Task<ListedFactor[]> ListAsync(Guid userId, CancellationToken cancellation) => Confirmed(userId)
        .OrderBy(f => f.CreatedAt).Select(f => new ListedFactor(f.Id, f.Name, f.CreatedAt, f.LastUsedAt)).ToArrayAsync(cancellation);

    public override async Task<bool> RenameAsync(Guid userId, Guid id, string name, CancellationToken cancellation) =>
        await Confirmed(userId).Where(f => f.Id == id).ExecuteUpdateAsync(set => set.SetProperty(f => f.Name, name), cancellation) == 1;

    public override async Task<byte[]?> RemoveAsync(Guid userId, Guid id, CancellationToken cancellation)
    {
        var factor = await Confirmed(userId).AsNoTracking().SingleOrDefaultAsync(f => f.Id == id, cancellation);
        if (factor is null || await Confirmed(userId).Where(f => f.Id == id).ExecuteDeleteAsync(cancellation) == 0)
        {
            return null;
        }
        return JsonSerializer.SerializeToUtf8Bytes(
            new KeptTotp(factor.Id, factor.Name, factor.Seed, factor.CreatedAt, factor.ConfirmedAt!.Value, factor.LastStep, factor.LastUsedAt));
    }

    /// <summary>Under its own id, for which its seed is sealed. Its codes of before stay spent.</summary>
    public override async Task<string?> BringBackAsync(Guid userId, byte[] kept, CancellationToken cancellation)
    {
        var factor = JsonSerializer.Deserialize<KeptTotp>(kept)!;
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO totp_factors (id, user_id, name, seed, created_at, confirmed_at, last_step, last_used_at)
            VALUES ({factor.Id}, {userId}, {factor.Name}, {factor.Seed}, {factor.CreatedAt}, {factor.ConfirmedAt}, {factor.LastStep}, {factor.LastUsedAt})
            ON CONFLICT DO NOTHING
            """, cancellation);
        return null;
    }

    private IQueryable<TotpFactor> Confirmed(Guid userId) => db.TotpFactors.Where(f => f.UserId == userId && f.ConfirmedAt != null);

    /// <param name="Seed">as it was sealed</param>
    private sealed record KeptTotp(
        Guid Id, string Name, byte[] Seed, DateTimeOffset CreatedAt, DateTimeOffset ConfirmedAt, long? LastStep, DateTimeOffset? LastUsedAt);
}
