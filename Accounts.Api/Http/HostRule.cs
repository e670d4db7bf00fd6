using System.Net;
using Accounts.Api.Origins;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Http;

/// <summary>Answers only under the hosts that are configured, and loopback: whoever asks for another has been led here.</summary>
public sealed class HostRule(RequestDelegate next, IOptions<OriginOptions> options, IOptions<SiteOptions> site)
{
    private readonly HashSet<string> hosts = SettingsSetup.Parts(options.Value.AllowedHosts)
        .Append(site.Value.Host).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public Task InvokeAsync(HttpContext context) => Allows(context.Request.Host.Host) || context.GetEndpoint()?.Metadata.GetMetadata<AnyHostAttribute>() is not null
        ? next(context)
        : ErrorBodies.WriteAsync(context, RequestRefusedException.InvalidHost());

    private bool Allows(string host) => hosts.Contains(host) || IsLoopback(host);

    public static bool IsLoopback(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host == "127.0.0.1"
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
