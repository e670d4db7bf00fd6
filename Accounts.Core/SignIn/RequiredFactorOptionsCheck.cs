using Accounts.Core.Settings;

namespace Accounts.Core.SignIn;

internal sealed class RequiredFactorOptionsCheck : SettingsCheck<RequiredFactorOptions>
{
    protected override IEnumerable<string> Mistakes(RequiredFactorOptions options)
    {
        if (!Enum.TryParse<FactorDemand>(options.Required, ignoreCase: true, out _) || int.TryParse(options.Required, out _))
        {
            yield return $"Accounts__SecondFactor__Required is \"{options.Required}\": choose never, admins or everybody.";
        }
    }
}
