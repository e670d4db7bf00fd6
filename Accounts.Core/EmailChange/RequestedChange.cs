using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.MailedTokens;
using Accounts.Core.MailRequests;
using Accounts.Core.Notices;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.EmailChange;

/// <summary>The mail to the address that somebody wants: what confirms it, or word to its owner. Only here, and not in the request, is it found out which.</summary>
internal sealed class RequestedChange(AccountsDb db, MailedTokenStore tokens, AddressChangeMail change, MailThrottle mails, Notice notice) : IMailRequestPart
{
    public MailPurpose Purpose => MailPurpose.Change;

    public Task<List<string>> PossibleAsync(List<string> addresses, CancellationToken cancellation) => Task.FromResult(addresses);

    public async Task AddMailAsync(AskedMail asked, CancellationToken cancellation)
    {
        // A reset or a new password that came between has put out who asked.
        var user = await db.LockUserAsync(asked.Asker!.UserId, cancellation);
        if (user is null || user.SessionsEpoch != asked.Asker.Epoch || !await mails.AdmitsAsync(Purpose, asked.Address, cancellation))
        {
            return;
        }
        // A token and an event, whoever has the address: the user reads both, and neither tells.
        await tokens.SupersedeAsync(user, TokenPurpose.Change, cancellation);
        var owner = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == asked.Address.Key, cancellation);
        if (owner is not null && owner.Id != user.Id)
        {
            notice.Add(SecurityEventKind.AddressWanted, owner, null, asked.Device, new AddressWantedMail());
            change.AddUnmailed(user, asked, await db.ReadClockAsync(cancellation));
            return;
        }
        change.Add(user, asked, await db.ReadClockAsync(cancellation));
    }
}
