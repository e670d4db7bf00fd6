using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Social;

public static class SocialSetup
{
    public static IServiceCollection AddSocial(this IServiceCollection services) => services
        .AddScoped<ISignInPart, SocialPart>().AddScoped<SocialStates>().AddScoped<SocialReturns>().AddScoped<AddressClaim>().AddScoped<SocialNotice>()
        .AddScoped<SocialAccountList>()
        .AddScoped<SocialBegin>().AddScoped<SocialSignIn>().AddScoped<SocialLink>().AddScoped<SocialConnection>()
        .AddSweepRule("social_states", "expires_at < clock_timestamp()").AddSweepRule("link_tokens", "expires_at < clock_timestamp()");
}
