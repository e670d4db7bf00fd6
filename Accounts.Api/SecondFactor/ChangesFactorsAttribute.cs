using Accounts.Api.Docs;

namespace Accounts.Api.SecondFactor;

/// <summary>The action changes a user's factors: no device is known any more but the one that asks.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ChangesFactorsAttribute : TogetherAttribute
{
    public override IEnumerable<Attribute> Parts =>
        [new TakesCookieAttribute(CookieNames.Device, "a device that is known already"), new SetsCookieAttribute(CookieNames.Device, "knows this device again where it was known")];
}
