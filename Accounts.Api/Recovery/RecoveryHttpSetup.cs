using Accounts.Api.Http;

namespace Accounts.Api.Recovery;

public static class RecoveryHttpSetup
{
    public static IServiceCollection AddRecoveryHttp(this IServiceCollection services) => services.AddAnswers(RecoveryJson.Default);
}
