using Accounts.Core.Data;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Linking;

/// <summary>Mails a code to the address of the account that an identity shall be connected to, and tells nobody whether there was anything to mail.</summary>
public sealed class SocialLinkCode(AccountsDb db, LinkTokens tokens, ShortCodes codes, MailThrottle throttle, SocialMails mails)
{
    public Task AskAsync(string token, Device device, CancellationToken cancellation) =>
        UniformTiming.RunAsync(() => AddAsync(token, device, cancellation), cancellation);

    private async Task<LinkToken?> AddAsync(string token, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var link = await tokens.FindAsync(token, cancellation);
        var user = link is null ? null : await db.LockUserAsync(link.UserId, cancellation);
        if (link is not null && user?.SecurityStamp == link.SecurityStamp && await db.IsProvedByMailAsync(user, cancellation)
            && await throttle.AdmitsAsync(MailPurpose.LinkCode, user, device, cancellation))
        {
            await MailAsync(link, user, device, cancellation);
        }
        await transaction.CommitAsync(cancellation);
        return link;
    }

    private async Task MailAsync(LinkToken link, User user, Device device, CancellationToken cancellation)
    {
        var (code, until) = (ShortCodes.New(), await db.ReadClockAsync(cancellation) + LinkToken.Lifetime);
        if (await tokens.KeepAsync(link, codes.Hash(code, link.PlaceOf(user.Email!)), until, cancellation))
        {
            mails.AddLinkCode(user, link.Provider, code, device, until);
            await db.SaveChangesAsync(cancellation);
        }
    }
}
