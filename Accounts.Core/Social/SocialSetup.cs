using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Accounts.Core.Social.Completion;
using Accounts.Core.Social.Linking;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Social.Withdrawal;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Social;

public static class SocialSetup
{
    public static IServiceCollection AddSocial(this IServiceCollection services) => services
        .AddSettings<ConnectOptions, ConnectOptionsCheck>("Accounts:Social")
        .AddScoped<ISignInPart, SocialPart>().AddScoped<SocialStates>().AddScoped<SocialReturns>().AddScoped<SocialNotice>()
        .AddScoped<IChangeReversal, ConnectionReversal>().AddScoped<IChangeReversal, DisconnectionReversal>()
        .AddScoped<AddressClaim>().AddScoped<AddressTakeover>().AddScoped<NewSocialUser>().AddScoped<NewIdentity>().AddScoped<KnownIdentity>()
        .AddScoped<SocialAccountList>()
        .AddScoped<SocialBegin>().AddScoped<SocialSignIn>().AddScoped<SocialConnection>().AddScoped<SocialWithdrawal>()
        .AddRestoreRule("social_states").AddRestoreRule("link_tokens").AddRestoreRule("email_tickets")
        .AddSweepRule("social_states", "expires_at < clock_timestamp()").AddLinking().AddCompletion()
        .AddSocialData();

    private static IServiceCollection AddSocialData(this IServiceCollection services) => services
        .AddPersonalData(new PersonalData("social_accounts")
        {
            Key = "provider",
            Given = ["provider", "issuer", "provider_uid", "email", "email_verified", "extra_data", "created_at", "last_login", "withdrawn_at"],
        })
        .AddPersonalData(new PersonalData("social_states")
        {
            Key = "hash",
            Given = ["provider", "mode", "redirect_uri", "next", "transport", "created_at", "expires_at", "used_at"],
            Withheld = [new("of use to thieves alone", "hash", "browser_hash", "nonce", "verifier")],
        })
        .AddPersonalData(new PersonalData("link_tokens")
        {
            Key = "hash",
            Given = ["provider", "issuer", "provider_uid", "email", "email_verified", "extra_data", "created_at", "expires_at", "used_at"],
            Withheld = [new("of use to thieves alone", "hash", "code_hash", "security_stamp"), new("how far the proof has come", "attempts", "mailbox_proved")],
        })
        .AddImpersonalTable("email_tickets", "sign-ins of who has no account yet, gone within minutes");

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
