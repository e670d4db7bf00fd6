using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Admin;

public static class AdminSetup
{
    public static IServiceCollection AddAdmin(this IServiceCollection services) => services
        .AddWorker<SuspensionEnds>().AddScoped<UserErasure>().AddScoped<AdministratorTakeover>().AddScoped<AdministratorCreation>()
        .AddSingleton<UserDirectory>().AddScoped<EventList>().AddSingleton<EventSearch>().AddSingleton<ServerSummary>().AddScoped<ReadRecord>().AddScoped<UserCreation>().AddScoped<UserAccess>().AddScoped<Administration>()
        .AddScoped<RoleChange>().AddScoped<UserSuspension>().AddScoped<UserSignOut>().AddScoped<SentMails>().AddScoped<UserRemoval>().AddScoped<UserFactorReset>();
}
