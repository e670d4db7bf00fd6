using Accounts.Api.Http;

namespace Accounts.Api.NewDevices;

public static class NewDevicesHttpSetup
{
    public static IServiceCollection AddNewDevicesHttp(this IServiceCollection services) => services.AddAnswers(NewDevicesJson.Default);
}
