using Accounts.Core.Settings;

namespace Accounts.Core.Users.Extra;

internal sealed class ExtraFieldOptionsCheck : SettingsCheck<ExtraFieldOptions>
{
    protected override IEnumerable<string> Mistakes(ExtraFieldOptions options) =>
        ExtraFieldsReader.Read(options.Fields).Mistakes.Select(mistake => $"Accounts__Profile__Fields{mistake}");
}
