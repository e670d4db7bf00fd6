using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Checkup;

public static class CheckupSetup
{
    /// <summary>Checks tell what they find in the order in which they are added.</summary>
    public static IServiceCollection AddCheckup(this IServiceCollection services) => services
        .AddSingleton<ServerCheckup>().AddSingleton<Probe>().AddSingleton<MailTrial>()
        .AddSingleton<ICheck, DatabaseCheck>().AddSingleton<ICheck, ClockCheck>().AddSingleton<ICheck, ReplicationCheck>()
        .AddSingleton<ICheck, KeysCheck>().AddSingleton<ICheck, MailCheck>().AddSingleton<ICheck, OutboxCheck>().AddSingleton<ICheck, WebhooksCheck>()
        .AddSingleton<ICheck, AdministratorsCheck>();
}
