using Accounts.Api.Http;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Development;

/// <summary>
/// Whether <c>/dev/*</c> exists: in Development, where PublicUrl and the request's host are loopback, and the database
/// is the private one or Accounts__Dev__Tools says so. Elsewhere it is 404 like any unknown path.
/// </summary>
public sealed class DevelopmentTools(
    IHostEnvironment environment, IConfiguration configuration, IOptions<DevelopmentOptions> options, IOptions<SiteOptions> site)
{
    private readonly bool here = environment.IsDevelopment() && site.Value.IsLoopback
        && (options.Value.Tools || configuration.GetValue<bool>(DevelopmentOptions.PrivateDatabaseKey));

    public bool ExistFor(HttpRequest request) => here && HostRule.IsLoopback(request.Host.Host);
}
