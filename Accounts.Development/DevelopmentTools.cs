using System.Net;
using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Development;

/// <summary>
/// Whether <c>/dev/*</c> exists: in Development, where PublicUrl, the request's host and whoever sends it are loopback, and
/// the database is the private one or Accounts__Dev__Tools says so. Elsewhere it is 404 like any unknown path.
/// </summary>
public sealed class DevelopmentTools(
    IHostEnvironment environment, IConfiguration configuration, IOptions<DevelopmentOptions> options, IOptions<SiteOptions> site)
{
    private readonly bool here = environment.IsDevelopment() && site.Value.IsLoopback
        && (options.Value.Tools || configuration.GetValue<bool>(DevelopmentOptions.PrivateDatabaseKey));

    /// <summary>The host is what the client says, and so proves nothing by itself where the server listens to a network.</summary>
    public bool ExistFor(HttpRequest request) =>
        here && HostRule.IsLoopback(request.Host.Host) && IPAddress.IsLoopback(ClientDevice.Ip(request.HttpContext));
}
