using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Audit;

public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services) => services.AddScoped<SecurityLog>();
}
