using Accounts.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Recovery;

public static class RecoverySetup
{
    public static IServiceCollection AddRecovery(this IServiceCollection services) => services
        .AddScoped<ISignInGate, FrozenGate>().AddScoped<ISignInPart, RecoveryPart>().AddScoped<ChangeReview>().AddScoped<RecoveryMail>().AddScoped<AccountFreeze>()
        .AddScoped<RecoveryFactor>().AddScoped<ProvenReturn>().AddScoped<FormerState>().AddScoped<AccountRecovery>();
}
