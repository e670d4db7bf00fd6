namespace Accounts.Api.Providers.Presets;

internal sealed class MicrosoftOptionsCheck(IHostEnvironment environment) : ProviderSettingsCheck<MicrosoftOptions>(environment)
{
    protected override IEnumerable<string> Mistakes(MicrosoftOptions options)
    {
        var mistakes = base.Mistakes(options);
        if (options.ClientId.Length == 0)
        {
            return mistakes;
        }
        return mistakes.Concat(new[] { Tenant(options.Tenant), Authority(options.Authority) }.OfType<string>());
    }

    private static string? Tenant(string tenant) =>
        tenant.Length is > 0 and <= 100 && tenant.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.')
            ? null
            : $"Accounts__Social__Microsoft__Tenant is \"{tenant}\": write your tenant's id or domain, or common, organizations or consumers.";

    private string? Authority(string authority) => Uri.TryCreate(authority, UriKind.Absolute, out var uri) && IsSafe(uri)
        ? null
        : $"Accounts__Social__Microsoft__Authority is \"{authority}\": it must be https, or http on loopback.";
}
