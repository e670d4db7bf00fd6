using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.NewDevices;

public static class NewDevicesSetup
{
    public static IServiceCollection AddNewDevices(this IServiceCollection services) => services
        .AddScoped<SeenDevices>().AddScoped<NewDeviceNotice>().AddScoped<SignInNotice>().AddScoped<SessionDisowning>();
}
