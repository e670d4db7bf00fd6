using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor.Changes;
using Accounts.Core.Secrets;
using Accounts.Core.Sessions;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace Accounts.Core.SecondFactor.Totp;

/// <summary>What an authenticator app is given, once.</summary>
/// <param name="Secret">the seed, in base32</param>
/// <param name="Url">the same, for the app to read</param>
public sealed record TotpOffer(string Secret, string Url)
{
    public override string ToString() => nameof(TotpOffer);
}

/// <param name="Code">that the app shows</param>
/// <param name="Name">of the app; empty for the usual one</param>
public sealed record TotpConfirmForm(string Code, string Name)
{
    public override string ToString() => nameof(TotpConfirmForm);
}

/// <summary>Adding an authenticator app: it gets a seed, and counts once it has shown a code of it.</summary>
public sealed class TotpEnrolment(AccountsDb db, UserFactors factors, FactorChanges changes, SecretBox box, IOptions<SiteOptions> site)
{
    private const string WrongCode = "Enter the code that the app shows now.";

    /// <summary>One that was begun before is begun no more.</summary>
    /// <exception cref="ConflictException">there are too many already</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<TotpOffer> BeginAsync(LiveSession live, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        await factors.DemandRoomAsync(user, cancellation);
        await Begun(user).ExecuteDeleteAsync(cancellation);
        db.TotpFactors.Add(TotpFactor.Begin(user.Id, box, await db.ReadClockAsync(cancellation), out var seed));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        var secret = Base32.Encode(seed);
        return new TotpOffer(secret, TimeCode.Url(site.Value.Host, user.Email!, secret));
    }

    /// <returns>with ten recovery codes, where it is the first factor</returns>
    /// <exception cref="RefusedException">nothing was begun, or too long ago</exception>
    /// <exception cref="InvalidInputException">the code is wrong</exception>
    /// <exception cref="ConflictException">there are too many by now</exception>
    /// <exception cref="AuthenticationFailedException">the session has ended meanwhile</exception>
    public async Task<ChangedFactors> ConfirmAsync(TotpConfirmForm form, LiveSession live, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        var now = await db.ReadClockAsync(cancellation);
        var factor = await Begun(user).SingleOrDefaultAsync(f => f.CreatedAt > now - TotpFactor.BegunLifetime, cancellation) ?? throw Expired();
        await factors.DemandRoomAsync(user, cancellation);
        factor.Confirm(form.Name, StepOf(factor, form.Code, now), now);
        var changed = await changes.AddedAsync(new FactorAct(user, live.SessionId, device), TotpFactor.Way, new ListedFactor(factor.Id, factor.Name, factor.CreatedAt, LastUsedAt: null), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return changed;
    }

    private IQueryable<TotpFactor> Begun(User user) => db.TotpFactors.Where(f => f.UserId == user.Id && f.ConfirmedAt == null);

    private long StepOf(TotpFactor factor, string code, DateTimeOffset now)
    {
        try
        {
            return TimeCode.StepOf(factor.Open(box), code, now, lastStep: null) ?? throw Wrong();
        }
        catch (CryptographicException)
        {
            throw Expired();
        }
    }

    private static RefusedException Expired() => new(ErrorCode.EnrolmentExpired);

    private static InvalidInputException Wrong()
    {
        var errors = new FieldErrors();
        errors.Add("code", WrongCode);
        return new InvalidInputException(errors);
    }
}
