using Accounts.Core.Branding;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Enrolment;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.SecondFactor.Totp;

/// <summary>What an authenticator app is given, once.</summary>
/// <param name="Secret">the seed, in base32</param>
/// <param name="Url">the same, for the app to read</param>
public sealed record TotpOffer(string Secret, string Url)
{
    public override string ToString() => nameof(TotpOffer);
}

/// <summary>Beginning to add an authenticator app: it gets a seed, and counts once it has shown a code of it.</summary>
public sealed class TotpEnrolment(AccountsDb db, UserFactors factors, SecretBox box, Brand brand)
{
    /// <summary>One that was begun before is begun no more.</summary>
    /// <exception cref="StepUpRequiredException">they have not shown to read the account's mail</exception>
    /// <exception cref="ConflictException">there are too many already</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile, or the ticket is good for nothing any more</exception>
    public async Task<TotpOffer> BeginAsync(Enroller who, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(who, cancellation);
        await factors.DemandRoomAsync(user, cancellation);
        await db.BegunTotp(user.Id).ExecuteDeleteAsync(cancellation);
        db.TotpFactors.Add(TotpFactor.Begin(user.Id, box, await db.ReadClockAsync(cancellation), out var seed));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        var secret = Base32.Encode(seed);
        return new TotpOffer(secret, TimeCode.Url(brand.Name, user.Email!, secret));
    }
}

/// <summary>Apps that were begun.</summary>
internal static class BegunApps
{
    public static IQueryable<TotpFactor> BegunTotp(this AccountsDb db, Guid userId) => db.TotpFactors.Where(f => f.UserId == userId && f.ConfirmedAt == null);
}
