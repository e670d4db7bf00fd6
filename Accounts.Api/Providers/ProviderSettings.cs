using Accounts.Core.Settings;

namespace Accounts.Api.Providers;

/// <summary>What every identity provider needs. It is off without a client id.</summary>
public abstract class ProviderSettings
{
    /// <summary>The client id that the provider gave us.</summary>
    public string ClientId { get; set; } = "";

    public string ClientSecret { get; set; } = "";

    /// <summary>Null where id and secret are both there.</summary>
    /// <param name="section">as it is written in the environment</param>
    /// <param name="settings">of a provider that is on</param>
    internal static string? SecretMistake(string section, ProviderSettings settings) => settings.ClientSecret.Length == 0
        ? $"{section}__ClientSecret is not set: it belongs to {section}__ClientId, and the provider shows both."
        : null;
}

/// <summary>A provider whose endpoints are known beforehand.</summary>
public abstract class EndpointSettings : ProviderSettings
{
    /// <summary>Where the browser is sent.</summary>
    public abstract string AuthorizationUrl { get; set; }

    /// <summary>Where a code is redeemed.</summary>
    public abstract string TokenUrl { get; set; }

    /// <summary>Where the profile is read.</summary>
    public abstract string UserInfoUrl { get; set; }
}

/// <summary>Checks the section of one provider.</summary>
internal class ProviderSettingsCheck<T>(IHostEnvironment environment) : SettingsCheck<T>
    where T : ProviderSettings
{
    private static readonly string Section = typeof(T).Name.Replace("Options", "", StringComparison.Ordinal);

    protected override IEnumerable<string> Mistakes(T options)
    {
        if (options.ClientId.Length == 0)
        {
            yield break;
        }
        if (ProviderSettings.SecretMistake($"Accounts__Social__{Section}", options) is { } mistake)
        {
            yield return mistake;
        }
        foreach (var property in typeof(T).GetProperties().Where(property => property.Name.EndsWith("Url", StringComparison.Ordinal)))
        {
            var url = (string)property.GetValue(options)!;
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || !IsSafe(uri))
            {
                yield return $"Accounts__Social__{Section}__{property.Name} is \"{url}\": it must be https, or http on loopback.";
            }
        }
    }

    protected bool IsSafe(Uri uri) => ProviderHttp.IsSafe(uri, environment);
}
