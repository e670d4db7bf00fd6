using Accounts.Api.Docs;
using Accounts.Api.Sessions;

namespace Accounts.Api.SignIn;

/// <summary>The action ends in a sign-in: where the refresh token comes from and goes to, and the device that is known again.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SignsInAttribute : TogetherAttribute
{
    private const string InBodies = "`body`: the refresh token comes and goes in bodies, for native clients. `session`: no access tokens, and one session token in a cookie; `session-body`: the same, in the body.";
    private const string KnownAgain = "knows this device again, so that an attack elsewhere locks nobody out here";

    /// <summary>What the refresh cookie that comes along stands for.</summary>
    public string Brought { get; init; } = "the session that this sign-in replaces";

    /// <summary>Whether a header asks for another mode; a navigation brings none.</summary>
    public bool ByHeader { get; init; } = true;

    public override IEnumerable<Attribute> Parts
    {
        get
        {
            if (ByHeader)
            {
                yield return new TakesHeaderAttribute(TokenTransport.Header, InBodies) { Values = TokenTransport.Words };
            }
            yield return new TakesCookieAttribute(CookieNames.Refresh, Brought);
            yield return new TakesCookieAttribute(CookieNames.Session, Brought);
            yield return new TakesCookieAttribute(CookieNames.Device, "a device that is known already");
            yield return new TakesCookieAttribute(CookieNames.TrustedDevice, "a device that the second factor is not asked for on");
            yield return new SetsCookieAttribute(CookieNames.Refresh, "the refresh token");
            yield return new SetsCookieAttribute(CookieNames.Session, "the session token, in session mode");
            yield return new SetsCookieAttribute(CookieNames.Device, KnownAgain);
        }
    }
}
