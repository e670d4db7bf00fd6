using Accounts.Api.Http;

namespace Accounts.Api.TrustedDevices;

public static class TrustedDevicesHttpSetup
{
    public static IServiceCollection AddTrustedDevicesHttp(this IServiceCollection services) => services.AddAnswers(TrustedDevicesJson.Default);
}
