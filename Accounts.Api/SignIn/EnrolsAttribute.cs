using Accounts.Api.Docs;

namespace Accounts.Api.SignIn;

/// <summary>The action adds a second factor, to who is signed in or by a ticket: what it takes and sets.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EnrolsAttribute : TogetherAttribute
{
    /// <summary>Whether it ends there, in a session.</summary>
    public bool Finishes { get; init; }

    public override IEnumerable<Attribute> Parts
    {
        get
        {
            yield return new TakesCookieAttribute(CookieNames.EnrolmentTicket, "the ticket, after the redirect flow");
            yield return new TakesCookieAttribute(CookieNames.Device, "a device that is known already");
            if (Finishes)
            {
                yield return new SetsCookieAttribute(CookieNames.Device, "knows this device again where it was known, or by the sign-in");
                yield return new SetsCookieAttribute(CookieNames.Refresh, "with a ticket: the refresh token");
                yield return new SetsCookieAttribute(CookieNames.Session, "with a ticket: the session token, in session mode");
                yield return new SetsCookieAttribute(CookieNames.EnrolmentTicket, "cleared");
            }
        }
    }
}
