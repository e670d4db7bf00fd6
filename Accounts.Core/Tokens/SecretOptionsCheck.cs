using System.Text;
using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Tokens;

internal sealed class SecretOptionsCheck(IHostEnvironment environment) : SettingsCheck<SecretOptions>
{
    private const int FewestDistinct = 10;

    private static readonly string[] Samples = ["changeme", "change-me", "change_me", "your-secret", "insert"];

    protected override IEnumerable<string> Mistakes(SecretOptions options)
    {
        if (options.SecretKey.Length == 0)
        {
            yield return "Accounts__SecretKey is not set: make one with \"openssl rand -base64 48\" and give every node the same.";
        }
        else if (!environment.IsDevelopment() && IsWeak(options.SecretKey))
        {
            yield return $"Accounts__SecretKey is weak: use at least {SecretOptions.MinimumLength} random characters, for example from \"openssl rand -base64 48\".";
        }
        if (!environment.IsDevelopment() && SettingsSetup.Parts(options.PreviousSecretKeys).Any(IsWeak))
        {
            yield return $"Accounts__PreviousSecretKeys lists a key of less than {SecretOptions.MinimumLength} random characters: keys contain no commas, and each is written as it was.";
        }
    }

    private static bool IsWeak(string key) =>
        Encoding.UTF8.GetByteCount(key) < SecretOptions.MinimumLength || key.Distinct().Count() < FewestDistinct
        || Samples.Any(sample => key.Contains(sample, StringComparison.OrdinalIgnoreCase));
}
