using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>Which origins may call us: compared with the configuration, exactly, and never with a request's Host.</summary>
public sealed class AllowedOrigins
{
    private readonly HashSet<string> listed;
    private readonly bool anyLocalhost;

    public AllowedOrigins(IOptions<OriginOptions> options, IOptions<SiteOptions> site, IHostEnvironment environment)
    {
        listed = SettingsSetup.Parts(options.Value.AllowedOrigins).Append(site.Value.Origin).ToHashSet(StringComparer.Ordinal);
        anyLocalhost = environment.IsDevelopment();
    }

    public bool Contains(string origin) => listed.Contains(origin) || (anyLocalhost && IsLocalhost(origin));

    private static bool IsLocalhost(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { Scheme: "http", Host: "localhost" }
        && (origin == $"http://localhost:{uri.Port}" || origin == "http://localhost");
}
