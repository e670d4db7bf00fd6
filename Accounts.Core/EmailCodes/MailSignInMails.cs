using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.EmailCodes;

/// <summary>Makes a token and its code that sign in, and queues the mail that carries them; both are saved by the caller.</summary>
public sealed class MailSignInMails(AccountsDb db, MailedTokenStore tokens, MailQueue mails, SecretKeys keys, MailSignInLink link)
{
    /// <param name="user">whose stored address it goes to; null where nobody has the address, and an account is to be made</param>
    /// <param name="asked">by whom; what others ask for ends none of their mails</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task AddAsync(User? user, AskedMail asked, CancellationToken cancellation)
    {
        await (user is null
            ? tokens.SupersedeAsync(asked.Address, TokenPurpose.SignIn, asked.Attempt, cancellation)
            : tokens.SupersedeAsync(user, TokenPurpose.SignIn, asked.Attempt, cancellation));
        var now = await db.ReadClockAsync(cancellation);
        var token = MailedToken.ForSignIn(user, user?.Address ?? asked.Address, asked.Attempt, asked.Device, keys.Current, now, out var text);
        db.MailedTokens.Add(token);
        var code = MailedToken.CodeOf(keys.Current, text);
        if (user is null)
        {
            mails.Add(ForNobody(link.Of(text), code, asked.Device, now), asked.Address, asked.Device.Locale, token.ExpiresAt);
        }
        else
        {
            mails.Add(new SignInCodeMail(link.Of(text), code, MailedToken.SignInLifetime).Of(asked.Device, now), user, token.ExpiresAt);
        }
    }

    private static NewAccountCodeMail ForNobody(string link, string code, Device device, DateTimeOffset now) =>
        new(link, code, MailedToken.SignInLifetime, now, DeviceName.Of(device.UserAgent), device.Ip.ToString());
}
