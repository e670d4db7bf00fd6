using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Users;

namespace Accounts.Core.Social.Linking;

/// <summary>What a link token is good for.</summary>
/// <param name="Provider">whose identity would be connected</param>
/// <param name="Methods">that prove the account</param>
/// <param name="Email">the account's address, masked</param>
/// <param name="Left">how long yet</param>
public sealed record ReviewedLink(string Provider, string[] Methods, string Email, TimeSpan Left);

/// <summary>Tells whoever comes back from a provider with a link token what it is good for. Looking is no try, and changes nothing.</summary>
public sealed class LinkReview(AccountsDb db, LinkTokens tokens, LinkOffer offer)
{
    /// <exception cref="RefusedException">it is good for nothing any more</exception>
    public async Task<ReviewedLink> ReviewAsync(string token, string[] usable, CancellationToken cancellation)
    {
        var link = await tokens.FindAsync(token, cancellation);
        var user = link is null ? null : await tokens.UserOfAsync(link, cancellation);
        return link is not null && user.IsLive()
            ? new ReviewedLink(
                link.Provider, await offer.MethodsAsync(user, link.Provider, usable, cancellation), user.Address.Masked,
                link.ExpiresAt - await db.ReadClockAsync(cancellation))
            : throw MailedTokenStore.Invalid();
    }
}
