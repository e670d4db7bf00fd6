using Accounts.Core.Changes;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Deletion;

public static class DeletionSetup
{
    public static IServiceCollection AddDeletion(this IServiceCollection services) => services
        .AddSettings<DeletionOptions, DeletionOptionsCheck>("Accounts:Deletion")
        .AddSingleton<ErasureSignal>().AddScoped<ISignInGate, DeletedGate>().AddScoped<Departure>().AddScoped<IChangeReversal, DeletionReversal>()
        .AddScoped<AccountDeletion>().AddScoped<EarlyErasure>().AddScoped<AccountErasure>().AddWorker<ErasureWorker>();
}
