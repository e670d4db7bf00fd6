using Accounts.Core.Failures;
using Accounts.Core.Settings;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Cookies;

/// <summary>
/// What a sign-in at a provider that we drive leaves with the browser until it is finished: a link token, a ticket for an address or one for
/// a second factor, to be proved or to be added, for no secret stands in an address. Sent to the calls that finish it, and to nothing else.
/// </summary>
public sealed class PendingCookie(IOptions<SiteOptions> site)
{
    public const string Link = "social_link", Ticket = "social_ticket", SignIn = "sign_in_ticket", Enrolment = "enrolment_ticket";

    /// <summary>With a path of its own a cookie cannot have the prefix of the others; this one keeps plain connections from planting it.</summary>
    public static string Name(SiteOptions site, string name) => site.IsHttps ? $"__Secure-{name}" : name;

    public string? Read(HttpContext context, string name) => RequestCookies.Single(context.Request, Name(site.Value, name));

    /// <summary>Keeps what the failure hands out, if it does.</summary>
    public void Keep(HttpContext context, AccountsException failure)
    {
        switch (failure)
        {
            case AccountExistsException { LinkToken: { } token }:
                Set(context, Link, token, LinkToken.Lifetime);
                break;
            case EmailRequiredException required:
                Set(context, Ticket, required.Ticket, EmailTicket.Lifetime);
                break;
            case SecondFactorRequiredException { Ticket: { } token, Lifetime: { } lifetime }:
                Set(context, SignIn, token, lifetime);
                break;
            case EnrolmentRequiredException enrolment:
                Set(context, Enrolment, enrolment.Ticket, enrolment.Lifetime);
                break;
        }
    }

    /// <summary>Mail has been asked for, which gives 10 minutes anew; nothing where the browser has none.</summary>
    public void Renew(HttpContext context, string name)
    {
        if (Read(context, name) is { Length: > 0 } kept)
        {
            Set(context, name, kept, LinkToken.Lifetime);
        }
    }

    /// <summary>Nothing where the browser has none.</summary>
    public void Clear(HttpContext context, string name)
    {
        if (RequestCookies.All(context.Request, Name(site.Value, name)).Count > 0)
        {
            Set(context, name, "", TimeSpan.Zero);
        }
    }

    private static string PathOf(string name) => name switch
    {
        SignIn => "/api/auth/login/",
        // Beside the mail's it goes to the factors'.
        Enrolment => "/api/auth/",
        _ => "/api/auth/social/",
    };

    private void Set(HttpContext context, string name, string value, TimeSpan lifetime)
    {
        var attributes = SiteCookies.Attributes(site.Value, lifetime, PathOf(name));
        attributes.Expires = value.Length == 0 ? DateTimeOffset.UnixEpoch : null;
        context.Response.Cookies.Append(Name(site.Value, name), value, attributes);
    }
}
