using Accounts.Api.Cookies;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Docs;

/// <summary>The names that our cookies have under the configured address.</summary>
public sealed class CookieNames(RefreshCookie refresh, SessionCookie session, IOptions<SiteOptions> site)
{
    public const string Refresh = "refresh_token", Device = "device", Registration = "registration", Attempt = "attempt", Social = "social", SocialPost = "social-post";

    public const string Session = "accounts_session", TrustedDevice = "trusted_device";

    public const string SocialLink = PendingCookie.Link, SocialTicket = PendingCookie.Ticket, SignInTicket = PendingCookie.SignIn, EnrolmentTicket = PendingCookie.Enrolment;

    public string Of(string name) => name switch
    {
        Refresh => refresh.Name,
        Session => session.Name,
        SocialLink or SocialTicket or SignInTicket or EnrolmentTicket => PendingCookie.Name(site.Value, name),
        _ => SiteCookies.Name(site.Value, name),
    };
}
