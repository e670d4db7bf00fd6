using Accounts.Core.MailRequests;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.EmailCodes;

public static class EmailCodesSetup
{
    public static IServiceCollection AddEmailCodes(this IServiceCollection services) => services
        .AddSettings<EmailCodesOptions, EmailCodesOptionsCheck>("Accounts:EmailCodes")
        .AddScoped<ISignInPart, EmailCodesPart>().AddScoped<IMailRequestPart, RequestedMailSignIn>()
        .AddSingleton<MailSignInLink>().AddScoped<MailSignInMails>()
        .AddScoped<PresentedMailSignIn>().AddScoped<MailboxClaim>().AddScoped<MailSignUp>()
        .AddScoped<MailSignIn>().AddScoped<MailSignInReview>().AddScoped<MailSignInConfirmation>();
}
