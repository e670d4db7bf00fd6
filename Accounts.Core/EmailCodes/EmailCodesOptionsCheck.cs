using Accounts.Core.Settings;

namespace Accounts.Core.EmailCodes;

internal sealed class EmailCodesOptionsCheck : SettingsCheck<EmailCodesOptions>
{
    protected override IEnumerable<string> Mistakes(EmailCodesOptions options)
    {
        if (options is { SignUp: true, Enabled: false })
        {
            yield return "Accounts__EmailCodes__SignUp is true, and nobody signs in by mail: set Accounts__EmailCodes__Enabled=true, too.";
        }
    }
}
