using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Notices;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>Mails a code to a user's own address, which <see cref="AccountCodes"/> checks.</summary>
public sealed class AccountCodeMailing(AccountsDb db, MailedTokenStore tokens, MailQueue queue, SecretKeys keys)
{
    /// <summary>In place of the one before, in the transaction of the caller, who holds the user's row.</summary>
    /// <param name="purpose">that the code is for</param>
    /// <param name="attempt">the id of the session or ticket that alone may bring it</param>
    /// <param name="user">who gets it</param>
    /// <param name="device">that asked</param>
    /// <param name="mail">from the code, and how long it is good for</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task AddAsync(TokenPurpose purpose, Guid attempt, User user, Device device, Func<string, TimeSpan, NoticeMail> mail, CancellationToken cancellation)
    {
        await tokens.SupersedeAsync(user, purpose, attempt, cancellation);
        var now = await db.ReadClockAsync(cancellation);
        var token = MailedToken.ForCode(purpose, user, attempt, keys.Current, now, out var code);
        db.MailedTokens.Add(token);
        queue.Add(mail(code, MailedToken.ReauthenticateLifetime).Of(device, now), user, token.ExpiresAt);
    }
}
