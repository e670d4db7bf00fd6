using Accounts.Core.Settings;

namespace Accounts.Api.Compatibility;

internal sealed class CompatibilityOptionsCheck : SettingsCheck<CompatibilityOptions>
{
    protected override IEnumerable<string> Mistakes(CompatibilityOptions options) =>
        from name in SettingsSetup.Parts(options.Enabled)
        where Library.All.All(library => library.Name != name)
        select $"Accounts__Compatibility__Enabled lists \"{name}\": there are {string.Join(", ", Library.All.Select(library => library.Name))}.";
}
