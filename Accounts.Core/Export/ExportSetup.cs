using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Export;

public static class ExportSetup
{
    public static IServiceCollection AddExport(this IServiceCollection services) => services.AddScoped<AccountExport>();
}
