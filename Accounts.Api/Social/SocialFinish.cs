using Accounts.Api.Cookies;
using Accounts.Api.Http;
using Accounts.Api.Providers;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Social;

namespace Accounts.Api.Social;

/// <summary>Ends a sign-in that we drive, for whoever has come back by the state that they set out with.</summary>
public sealed class SocialFinish(SocialProviders providers, SocialSignIn signIn, SignInRequests requests, SignInAnswer answer, PendingCookie pending)
{
    /// <summary>Where the browser goes. Of what went wrong it carries our code, never the provider's words.</summary>
    public async Task<string> FinishAsync(
        HttpContext context, SocialHandler handler, SocialArrival answered, SpentSocialState trip, CancellationToken cancellation)
    {
        try
        {
            if (answered.Code is not { Length: > 0 } code)
            {
                throw handler.Refusal(answered.Error, answered.Description);
            }
            var profile = await handler.FetchAsync(AuthorizationCode.Of(trip, code) with { Told = answered.Told });
            var request = requests.OfArrival(context, answered.IsPosted, trip.Transport) with { Restore = trip.Mode == SocialMode.Restore };
            answer.To(context, await signIn.SignInAsync(profile, providers.ProofNames(context.Request), request, cancellation));
            return trip.Next!;
        }
        catch (AccountsException e)
        {
            pending.Keep(context, e);
            requests.Remember(context, e);
            return ReturnUrls.WithError(trip.Next!, ErrorBodies.Word(e.Code));
        }
    }
}
