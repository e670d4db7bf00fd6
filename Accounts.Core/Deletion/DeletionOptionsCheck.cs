using Accounts.Core.Settings;

namespace Accounts.Core.Deletion;

internal sealed class DeletionOptionsCheck : SettingsCheck<DeletionOptions>
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    protected override IEnumerable<string> Mistakes(DeletionOptions options)
    {
        if (options.Delay < TimeSpan.Zero || options.Delay > Longest)
        {
            yield return $"Accounts__Deletion__Delay is {options.Delay}: choose 0 (as soon as it cannot be undone, which takes 7 days) to {Longest.TotalDays} days, as in 14.00:00:00.";
        }
    }
}
