using Accounts.Core.Settings;

namespace Accounts.Api.Development;

internal sealed class DevelopmentOptionsCheck(IHostEnvironment environment) : SettingsCheck<DevelopmentOptions>
{
    protected override IEnumerable<string> Mistakes(DevelopmentOptions options)
    {
        if (options.Tools && !environment.IsDevelopment())
        {
            yield return "Accounts__Dev__Tools is true outside Development, where those tools do not exist: leave it out.";
        }
    }
}
