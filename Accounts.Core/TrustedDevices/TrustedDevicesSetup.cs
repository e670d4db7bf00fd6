using Accounts.Core.Data;
using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.TrustedDevices;

public static class TrustedDevicesSetup
{
    public static IServiceCollection AddTrustedDevices(this IServiceCollection services) => services
        .AddSettings<TrustedDeviceOptions, TrustedDeviceOptionsCheck>("Accounts:SecondFactor")
        .AddScoped<DeviceTrust>().AddScoped<TrustedDeviceList>().AddScoped<TrustedDeviceRemoval>()
        .AddRestoreRule("trusted_devices").AddSweepRule("trusted_devices", "expires_at < clock_timestamp()")
        .AddPersonalData(new PersonalData("trusted_devices")
        {
            Given = ["id", "name", "ip", "created_at", "last_used_at", "expires_at"],
            Withheld = [new("of use to thieves alone", "token_hash", "security_stamp"), new("counters of this server", "epoch")],
        });
}
