using System.Text.RegularExpressions;
using Accounts.Core.Secrets;
using Accounts.Core.Settings;
using Accounts.Core.Users;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Accounts.Core.ProgramTokens;

/// <summary>Checks the section of each named client.</summary>
internal sealed partial class ProgramClientOptionsCheck(IHostEnvironment environment) : IValidateOptions<ProgramClientOptions>
{
    private const int ShortestSecret = 32;

    public ValidateOptionsResult Validate(string? name, ProgramClientOptions options)
    {
        var mistakes = Mistakes($"Accounts__Clients__{name}", name ?? "", options).ToList();
        return mistakes.Count > 0 ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> Mistakes(string section, string name, ProgramClientOptions options)
    {
        if (!Name().IsMatch(name))
        {
            yield return $"{section}__… has a name that cannot be: write at most 64 letters, digits, - and _.";
        }
        if (SecretFault(SettingsSetup.Parts(options.Secret)) is { } fault)
        {
            yield return $"{section}__Secret {fault}. Set it to at least {ShortestSecret} random characters: openssl rand -base64 48";
        }
        var roles = SettingsSetup.Parts(options.Roles);
        if (!RoleNames.TryRead(roles, out _, out _))
        {
            yield return $"{section}__Roles must list at most {RoleNames.Most} roles, separated by commas: each a lower-case letter and up to 31 letters, digits, - and _.";
        }
        if (roles.Contains(User.Administrator))
        {
            yield return $"{section}__Roles lists {User.Administrator}, which no program may have: give it a role of its own.";
        }
    }

    private string? SecretFault(string[] secrets) => secrets switch
    {
        [] => "is not set",
        { Length: > 2 } => "lists more than two secrets, of which there are two only while they change",
        _ when secrets.Any(secret => secret.Length < ShortestSecret) => $"is shorter than {ShortestSecret} characters",
        _ when !environment.IsDevelopment() && secrets.Any(SecretOptionsCheck.IsWeak) => "can be guessed",
        _ => null,
    };

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,64}\z")]
    private static partial Regex Name();
}
