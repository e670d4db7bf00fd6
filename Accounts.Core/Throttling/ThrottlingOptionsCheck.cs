using Accounts.Core.Settings;

namespace Accounts.Core.Throttling;

internal sealed class ThrottlingOptionsCheck : SettingsCheck<ThrottlingOptions>
{
    protected override IEnumerable<string> Mistakes(ThrottlingOptions options) =>
        from property in typeof(ThrottlingOptions).GetProperties()
        where property.GetValue(options) is int and < 1
        select $"Accounts__Throttling__{property.Name} is {property.GetValue(options)}: choose 1 or more, or set Accounts__Throttling__Enabled=false for a test.";
}
