using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Notices;

public static class NoticesSetup
{
    public static IServiceCollection AddNotices(this IServiceCollection services) => services.AddScoped<Notice>();
}
