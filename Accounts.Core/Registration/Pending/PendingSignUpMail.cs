using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Throttling;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Registration.Pending;

/// <summary>Mails the link and the code that confirm a sign-up which waits for its address, if nobody has that address by now.</summary>
public sealed class PendingSignUpMail(AccountsDb db, MailedTokenStore tokens, VerificationMail verification, MailThrottle mails)
{
    /// <summary>Of several that wait for the address, for the one of the browser that asks; else for the latest.</summary>
    /// <param name="purpose">whose budget it is: strangers who sign up with an address do not spend what its owner asks by</param>
    /// <param name="asked">in whose transaction; saved by the caller</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task AddAsync(MailPurpose purpose, AskedMail asked, CancellationToken cancellation)
    {
        var ofAddress = db.PendingSignUps.Alive().Where(s => s.EmailKey == asked.Address.Key);
        var signUp = await db.LockSignUpsAsync(asked.Address.Key, cancellation)
            ? await ofAddress.AsNoTracking().OrderByDescending(s => s.Id == asked.Attempt).ThenByDescending(s => s.CreatedAt).FirstOrDefaultAsync(cancellation)
            : null;
        if (signUp is null || await IsTakenAsync(asked.Address.Key, cancellation)
            || !await mails.AdmitsAsync(purpose, signUp.Address, cancellation))
        {
            return;
        }
        // Whichever mail is opened, it is the sign-up of the browser that counts: all wait as long as the latest mail.
        await ofAddress.ExecuteUpdateAsync(
            set => set.SetProperty(s => s.ExpiresAt, _ => AccountsDb.ClockTimestamp() + MailedToken.VerifyLifetime), cancellation);
        await tokens.SupersedeAsync(signUp.Id, asked.Attempt, cancellation);
        verification.Add(signUp, asked.Attempt, asked.Device.Locale);
    }

    private Task<bool> IsTakenAsync(string email, CancellationToken cancellation) => db.Users.AnyAsync(u => u.NormalizedEmail == email, cancellation);
}
