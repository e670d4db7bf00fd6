using Accounts.Api.Cookies;
using Accounts.Api.Clients;
using Accounts.Api.SignIn;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;

namespace Accounts.Api.Social;

/// <summary>What a browser that comes back from a provider says of the session that it wants, and what it keeps where it gets none.</summary>
public sealed class SignInRequests(ClientSignIn client, SignedInCookies cookies, RegistrationCookie registration)
{
    /// <summary>What it asks for.</summary>
    /// <param name="context">of the request</param>
    /// <param name="posted">across sites: no cookie but the one that waits for it counts</param>
    /// <param name="transport">by what it is to be signed in</param>
    public SignInRequest OfArrival(HttpContext context, bool posted, SessionTransport transport = SessionTransport.Cookie) =>
        new(context.Device(), new SessionKind(Persistent: true, transport), posted ? [] : client.Brought(context.Request));

    /// <summary>Whether a browser that comes back may have a session's cookie which has not come along.</summary>
    public bool MayHoldMore(HttpContext context, bool posted) => posted || cookies.MayBeKeptBack(context.Request);

    /// <summary>Whoever is not let in until the address is verified gets no session to be known by when the link is opened here: another browser's click would take the identity for a stranger's.</summary>
    public void Remember(HttpContext context, AccountsException failure)
    {
        if (failure is PermissionDeniedException { Code: ErrorCode.EmailNotVerified, UserId: { } userId })
        {
            registration.Set(context, userId);
        }
    }
}
