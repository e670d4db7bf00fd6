using Accounts.Api.Cookies;
using Accounts.Core.SecondFactor.Changes;

namespace Accounts.Api.SecondFactor;

/// <summary>The device that a user changes their factors on is known afterwards, if it was before.</summary>
internal static class KnownAgain
{
    public static void SetAgain(this DeviceCookie device, HttpContext context, ChangedFactors changed)
    {
        if (changed.Bond is { } bond)
        {
            device.Set(context, bond);
        }
    }
}
