using Accounts.Api.Providers.OpenId;

namespace Accounts.Api.Providers.Presets;

internal sealed class GitLabOptionsCheck(IHostEnvironment environment) : ProviderSettingsCheck<GitLabOptions>(environment)
{
    private readonly IHostEnvironment environment = environment;

    protected override IEnumerable<string> Mistakes(GitLabOptions options)
    {
        var mistakes = base.Mistakes(options);
        return options.ClientId.Length > 0 && IssuerAddress.Mistake(options.Issuer, environment) is { } mistake
            ? mistakes.Append($"Accounts__Social__GitLab__Issuer is \"{options.Issuer}\": {mistake}")
            : mistakes;
    }
}
