using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Settings;

/// <summary>Says what is wrong with an options class at start: one sentence a mistake, which names the setting and what to do.</summary>
public abstract class SettingsCheck<T> : IValidateOptions<T> where T : class
{
    protected abstract IEnumerable<string> Mistakes(T options);

    public ValidateOptionsResult Validate(string? name, T options) =>
        Mistakes(options).ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
}

/// <summary>An options class and the section that it is bound to: what it has no property for is no setting.</summary>
public sealed record SettingsSection(string Name, Type Type)
{
    public IEnumerable<string> Keys => Type.GetProperties().Where(property => property.CanWrite).Select(property => $"{Name}:{property.Name}");
}

public static partial class SettingsSetup
{
    /// <summary>Binds an options class to its section, and makes its properties known settings.</summary>
    public static IServiceCollection AddSettings<T>(this IServiceCollection services, string section) where T : class
    {
        services.AddOptions<T>().BindConfiguration(section).ValidateOnStart();
        return services.AddSingleton(new SettingsSection(section, typeof(T)));
    }

    /// <summary>As <see cref="AddSettings{T}"/>, checked at start.</summary>
    public static IServiceCollection AddSettings<T, TCheck>(this IServiceCollection services, string section)
        where T : class where TCheck : SettingsCheck<T> =>
        services.AddSettings<T>(section).AddSingleton<IValidateOptions<T>, TCheck>();

    /// <summary>The parts of a comma-separated setting.</summary>
    public static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>An origin as browsers write it: of the web, or of an app that shows its own pages.</summary>
    public static bool IsOrigin(string text) => IsWebOrigin(text) || AppOrigin().IsMatch(text);

    /// <summary>Scheme, host in lower case, port where it is not the default, nothing else.</summary>
    public static bool IsWebOrigin(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && text == Serialized(uri);

    /// <summary>RFC 6454 section 6.2: an international name in its ASCII form, and no user.</summary>
    private static string Serialized(Uri uri)
    {
        var host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        return uri.IsDefaultPort ? $"{uri.Scheme}://{host}" : $"{uri.Scheme}://{host}:{uri.Port}";
    }

    /// <summary>Such as <c>capacitor://localhost</c>: a scheme that nobody's page on the web has.</summary>
    [GeneratedRegex(@"^(?!(https?|wss?|ftp|file|data|blob|about|javascript):)[a-z][a-z0-9+.-]*://[A-Za-z0-9._-]+(:[0-9]{1,5})?\z")]
    private static partial Regex AppOrigin();
}
