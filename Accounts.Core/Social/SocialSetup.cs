using Accounts.Core.Data;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Social;

public static class SocialSetup
{
    public static IServiceCollection AddSocial(this IServiceCollection services) => services
        .AddSettings<ConnectOptions, ConnectOptionsCheck>("Accounts:Social")
        .AddScoped<ISignInPart, SocialPart>().AddScoped<SocialStates>().AddScoped<SocialReturns>().AddScoped<SocialNotice>()
        .AddScoped<AddressClaim>().AddScoped<AddressTakeover>().AddScoped<NewSocialUser>().AddScoped<NewIdentity>().AddScoped<KnownIdentity>()
        .AddScoped<SocialAccountList>()
        .AddScoped<SocialBegin>().AddScoped<SocialSignIn>().AddScoped<SocialLink>().AddScoped<SocialConnection>()
        .AddSweepRule("social_states", "expires_at < clock_timestamp()").AddSweepRule("link_tokens", "expires_at < clock_timestamp()");
}
