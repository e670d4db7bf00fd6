using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Settings;

public static class SiteSetup
{
    public static IServiceCollection AddSite(this IServiceCollection services) => services.AddSettings<SiteOptions, SiteOptionsCheck>("Accounts");
}
