using Accounts.Core.Settings;
using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Passwords;

internal sealed class PasswordOptionsCheck(IHostEnvironment environment) : SettingsCheck<PasswordOptions>
{
    protected override IEnumerable<string> Mistakes(PasswordOptions options)
    {
        if (options.MinimumLength is < 8 or > 64)
        {
            yield return $"Accounts__Passwords__MinimumLength is {options.MinimumLength}: choose 8 to 64 (15 where there is no second factor).";
        }
        var fewest = environment.IsDevelopment() ? 1 : PasswordOptions.FewestIterations;
        if (options.Iterations < fewest || options.Iterations > PasswordHashing.MostIterations)
        {
            yield return $"Accounts__Passwords__Iterations is {options.Iterations}: choose {PasswordOptions.FewestIterations} to {PasswordHashing.MostIterations}.";
        }
    }
}
