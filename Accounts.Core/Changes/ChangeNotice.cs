using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Mail;
using Accounts.Core.Notices;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Changes;

/// <summary>A change that its user is to be told of.</summary>
/// <param name="Kind">of the event</param>
/// <param name="User">as they are before it</param>
/// <param name="SessionId">that it was made in; null for none</param>
/// <param name="Device">that it came from</param>
public sealed record ToldChange(SecurityEventKind Kind, User User, Guid? SessionId, Device Device)
{
    /// <summary>What its <see cref="IChangeReversal"/> needs; null for nothing.</summary>
    public byte[]? Reverse { get; init; }
}

/// <summary>
/// Records a change and tells its user, with the link "this wasn't me"; saved by the caller, who holds the user's row. No budget holds it back, and
/// nobody hides one mail under a thousand: past a few an hour they are gathered into one, whose page shows them all.
/// </summary>
public sealed class ChangeNotice(AccountsDb db, ChangeLog changes, Notice notice, SecurityLog events, MailQueue mails)
{
    private const int ToldAtOnce = 5;
    private static readonly TimeSpan Lately = TimeSpan.FromHours(1), Gathering = TimeSpan.FromMinutes(10);

    /// <param name="change">that is about to be saved</param>
    /// <param name="mail">made of its link</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task AddAsync(ToldChange change, Func<string, OutgoingMail> mail, CancellationToken cancellation)
    {
        var (kind, user, sessionId, device) = change;
        var told = await ToldAsync(user, cancellation);
        var link = changes.Add(kind, user, device, change.Reverse);
        if (told < ToldAtOnce)
        {
            notice.Add(kind, user, sessionId, device, mail(link));
            return;
        }
        events.Add(kind, user.Id, sessionId, device);
        if (!await mails.HasWaitingAsync<MoreChangesMail>(user, cancellation))
        {
            mails.AddLater(new MoreChangesMail(link), user, await db.ReadClockAsync(cancellation) + Gathering);
        }
    }

    private Task<int> ToldAsync(User user, CancellationToken cancellation) => db.AccountChanges
        .CountAsync(c => c.UserId == user.Id && c.Email == user.Email && c.At > AccountsDb.ClockTimestamp() - Lately, cancellation);
}
