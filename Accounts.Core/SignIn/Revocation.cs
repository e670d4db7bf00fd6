using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Sessions;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>What a reset, a change, a disowning or an administrator takes away: each feature its part, every personal token, and every session; of who is disowned the mails that still wait, too.</summary>
public sealed class Revocation(AccountsDb db, IEnumerable<ISignInPart> parts, MailQueue mails)
{
    /// <summary>Inside the transaction of the caller, who holds the user's row and saves it.</summary>
    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        var ways = user.Ways.Length;
        foreach (var part in parts)
        {
            await part.RevokeAsync(user, reason, device, cancellation);
        }
        await db.EndPersonalTokensAsync(user.Id, cancellation);
        if (reason != RevocationReason.ConfirmedElsewhere || user.Ways.Length < ways)
        {
            await db.EndAllSessionsAsync(user.Id, reason == RevocationReason.FactorsReset ? SessionEnd.Administrator : SessionEnd.UserEnded, cancellation);
        }
        if (reason == RevocationReason.Disowned)
        {
            await mails.WithdrawAsync(user, cancellation);
        }
    }

    /// <summary>What ways in are called in mails.</summary>
    public string[] TitlesOf(IEnumerable<string> ways) => [.. ways.Select(way => parts.Select(part => part.MethodOf(way)).OfType<SignInMethod>().First().Title)];
}
