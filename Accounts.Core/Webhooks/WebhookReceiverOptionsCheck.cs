using System.Text.RegularExpressions;
using Accounts.Core.Settings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Webhooks;

/// <summary>Checks the section of each receiver.</summary>
internal sealed partial class WebhookReceiverOptionsCheck(IHostEnvironment environment) : IValidateOptions<WebhookReceiverOptions>
{
    private const string HowToMake = "Make one: echo \"whsec_$(openssl rand -base64 32)\"";

    public ValidateOptionsResult Validate(string? name, WebhookReceiverOptions options)
    {
        var mistakes = Mistakes($"Accounts__Webhooks__{name}", name ?? "", options).ToList();
        return mistakes.Count > 0 ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> Mistakes(string section, string name, WebhookReceiverOptions options)
    {
        if (!Name().IsMatch(name))
        {
            yield return $"{section}__… has a name that cannot be: write at most 32 letters, digits, - and _.";
        }
        if (WebhookUrl.Fault(options.Url, environment.IsDevelopment()) is { } wrong)
        {
            yield return $"{section}__Url {wrong}";
        }
        if (SecretFault(SettingsSetup.Parts(options.Secret)) is { } fault)
        {
            yield return $"{section}__Secret {fault}. {HowToMake}";
        }
        foreach (var word in SettingsSetup.Parts(options.Events).Where(word => !WebhookEvents.Matching(word).Any()))
        {
            yield return $"{section}__Events lists {word}, which is no event: write some of {string.Join(", ", WebhookEvents.All)}, or all that begin alike, such as user.{'*'}.";
        }
    }

    private static string? SecretFault(string[] secrets) => secrets switch
    {
        [] => "is not set",
        { Length: > 2 } => "lists more than two secrets, of which there are two only while they change",
        _ when secrets.Any(secret => WebhookSecret.Read(secret) is null) =>
            $"is not {WebhookSecret.Prefix} and base64 of {WebhookSecret.Shortest} to {WebhookSecret.Longest} bytes",
        _ when !secrets.All(WebhookSecret.IsRandom) => "can be guessed",
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,32}\z")]
    private static partial Regex Name();
}
