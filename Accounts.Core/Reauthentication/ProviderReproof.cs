using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Social;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Reauthentication;

/// <summary>Checks a provider's word that who is signed in has proved there a moment ago who they are. A session that is open there is none (SG-22).</summary>
public sealed class ProviderReproof(AccountsDb db, StepUp stepUp)
{
    /// <returns>since when it holds</returns>
    /// <exception cref="AuthenticationFailedException">it is somebody else</exception>
    /// <exception cref="StepUpRequiredException">the provider does not say when, or it was longer ago</exception>
    public async Task<Proven> DemandAsync(LiveSession live, ReproofByProvider given, CancellationToken cancellation)
    {
        var profile = await given.FetchAsync(live, cancellation);
        if (!await db.SocialAccounts.Of(profile).AnyAsync(a => a.UserId == live.User.Id, cancellation))
        {
            throw AuthenticationFailedException.InvalidCredentials();
        }
        stepUp.DemandRecent(live, profile.Provider, profile.AuthTime);
        return new Proven(profile.Provider) { AuthTime = profile.AuthTime };
    }
}
