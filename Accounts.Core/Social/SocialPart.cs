using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>What identity providers add to signing in: each connected identity is a way in.</summary>
internal sealed class SocialPart(AccountsDb db, ProviderTitles titles, SecurityLog events) : ISignInPart
{
    /// <summary>Asked last: what no other feature knows is a provider's name, be it one that is known no more.</summary>
    public SignInMethod? MethodOf(string way) => new(way, titles.TitleOf(way), IsProvider: true);

    /// <summary>Whoever proved nothing may have connected an identity of theirs. The owner's own are their affair.</summary>
    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        if (reason != RevocationReason.Disowned)
        {
            return;
        }
        var providers = await db.SocialAccounts.Where(a => a.UserId == user.Id).Select(a => a.Provider).ToListAsync(cancellation);
        if (providers.Count > 0)
        {
            await db.SocialAccounts.Where(a => a.UserId == user.Id).ExecuteDeleteAsync(cancellation);
            providers.ForEach(user.RemoveWay);
            events.Add(SecurityEventKind.SocialAccountDisconnected, user.Id, null, device);
        }
    }
}
