using System.Text;
using Accounts.Core.Settings;
using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Secrets;

internal sealed class SecretOptionsCheck(IHostEnvironment environment) : SettingsCheck<SecretOptions>
{
    private const int FewestDistinct = 10;

    private static readonly string[] Samples = ["changeme", "change-me", "change_me", "your-secret", "insert"];

    protected override IEnumerable<string> Mistakes(SecretOptions options)
    {
        if (Fault(options.SecretKey.Trim()) is { } fault)
        {
            yield return $"Accounts__SecretKey {fault}. Set it to at least {SecretOptions.MinimumLength} random characters, the same on every node: openssl rand -base64 48";
        }
        if (!environment.IsDevelopment() && SettingsSetup.Parts(options.PreviousSecretKeys).Any(IsWeak))
        {
            yield return $"Accounts__PreviousSecretKeys lists a key of less than {SecretOptions.MinimumLength} random characters: keys contain no commas, and each is written as it was.";
        }
    }

    private string? Fault(string key) => key switch
    {
        "" => "is not set",
        _ when Encoding.UTF8.GetByteCount(key) < SecretOptions.MinimumLength => $"is shorter than {SecretOptions.MinimumLength} bytes",
        _ when key.Contains(',', StringComparison.Ordinal) => "contains a comma, which parts the keys of Accounts__PreviousSecretKeys",
        _ when !environment.IsDevelopment() && IsWeak(key) => "can be guessed",
        _ => null,
    };

    internal static bool IsWeak(string key) =>
        Encoding.UTF8.GetByteCount(key) < SecretOptions.MinimumLength || key.Distinct().Count() < FewestDistinct
        || Samples.Any(sample => key.Contains(sample, StringComparison.OrdinalIgnoreCase));
}
