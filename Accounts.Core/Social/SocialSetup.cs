using Accounts.Core.Data;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Accounts.Core.Social.Completion;
using Accounts.Core.Social.Linking;
using Accounts.Core.Social.Ownership;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Social;

public static class SocialSetup
{
    public static IServiceCollection AddSocial(this IServiceCollection services) => services
        .AddSettings<ConnectOptions, ConnectOptionsCheck>("Accounts:Social")
        .AddScoped<ISignInPart, SocialPart>().AddScoped<SocialStates>().AddScoped<SocialReturns>().AddScoped<SocialNotice>()
        .AddScoped<AddressClaim>().AddScoped<AddressTakeover>().AddScoped<NewSocialUser>().AddScoped<NewIdentity>().AddScoped<KnownIdentity>()
        .AddScoped<SocialAccountList>()
        .AddScoped<SocialBegin>().AddScoped<SocialSignIn>().AddScoped<SocialConnection>().AddScoped<SocialWithdrawal>()
        .AddRestoreRule("social_states").AddRestoreRule("link_tokens").AddRestoreRule("email_tickets")
        .AddSweepRule("social_states", "expires_at < clock_timestamp()").AddLinking().AddCompletion();

    /// <summary>What ends <c>account_exists</c>.</summary>
    private static IServiceCollection AddLinking(this IServiceCollection services) => services
        .AddSingleton<ShortCodes>().AddScoped<SocialMails>()
        .AddScoped<LinkOffer>().AddScoped<LinkTokens>().AddScoped<LinkReview>().AddScoped<LinkProofs>().AddScoped<LinkedIdentity>().AddScoped<SocialLink>().AddScoped<SocialLinkCode>()
        .AddSweepRule("link_tokens", "expires_at < clock_timestamp()");

    /// <summary>What ends <c>email_required</c>.</summary>
    private static IServiceCollection AddCompletion(this IServiceCollection services) => services
        .AddScoped<EmailTickets>().AddScoped<SocialCompletion>().AddScoped<CompletionCode>().AddScoped<ProvenSignUp>().AddScoped<SocialCompletionConfirmation>()
        .AddSweepRule("email_tickets", "expires_at < clock_timestamp()");
}
