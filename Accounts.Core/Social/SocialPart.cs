using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>What identity providers add to signing in: each connected identity is a way in.</summary>
internal sealed class SocialPart(AccountsDb db, ProviderTitles titles, SecurityLog events) : ISignInPart
{
    public async Task<IReadOnlyList<SignInMethod>> MethodsAsync(User user, CancellationToken cancellation)
    {
        var providers = await db.SocialAccounts.Where(a => a.UserId == user.Id).OrderBy(a => a.CreatedAt).Select(a => a.Provider).ToListAsync(cancellation);
        return providers.ConvertAll(provider => new SignInMethod(provider, titles.TitleOf(provider), IsProvider: true));
    }

    /// <summary>Whoever proved nothing may have connected an identity of theirs. The owner's own are their affair.</summary>
    public async Task RevokeAsync(User user, RevocationReason reason, Device device, CancellationToken cancellation)
    {
        if (reason == RevocationReason.Disowned && await db.SocialAccounts.Where(a => a.UserId == user.Id).ExecuteDeleteAsync(cancellation) > 0)
        {
            events.Add(SecurityEventKind.SocialAccountDisconnected, user.Id, null, device);
        }
    }
}
