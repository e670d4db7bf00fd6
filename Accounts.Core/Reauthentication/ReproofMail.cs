using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Secrets;
using Accounts.Core.Users;

namespace Accounts.Core.Reauthentication;

/// <summary>The mail with the code by which somebody proves once more who they are.</summary>
public sealed class ReproofMail(AccountsDb db, MailedTokenStore tokens, MailQueue queue, SecretKeys keys)
{
    /// <summary>In place of the one before, in the caller's transaction.</summary>
    public async Task AddAsync(User user, Guid sessionId, Device device, CancellationToken cancellation)
    {
        await tokens.SupersedeAsync(user, TokenPurpose.Reauthenticate, sessionId, cancellation);
        var now = await db.ReadClockAsync(cancellation);
        var token = MailedToken.ForReauthentication(user, sessionId, keys.Current, now, out var code);
        db.MailedTokens.Add(token);
        queue.Add(new ReauthenticationCodeMail(code, "10 minutes").Of(device, now), user, token.ExpiresAt);
    }
}
