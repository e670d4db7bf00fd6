using Accounts.Api.Http;
using Accounts.Core.Settings;

namespace Accounts.Api.Social;

public static class SocialHttpSetup
{
    public static IServiceCollection AddSocialHttp(this IServiceCollection services) => services
        .AddAnswers(SocialJson.Default).AddSettings<SocialOptions, SocialOptionsCheck>("Accounts:Social")
        .AddScoped<SocialCodes>().AddScoped<SignInRequests>().AddScoped<SocialFinish>().AddSingleton<ReturnUrls>();
}
