using Accounts.Core.Data;
using Accounts.Core.MailRequests;
using Accounts.Core.Registration.Pending;
using Accounts.Core.Settings;
using Accounts.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Registration;

public static class RegistrationSetup
{
    /// <summary>Sign-ups that came to nothing.</summary>
    private const string Abandoned = """
        signed_up_here AND NOT email_verified AND last_login IS NULL AND date_joined < clock_timestamp() - interval '30 days' AND cardinality(roles) = 0
        AND NOT EXISTS (SELECT FROM social_accounts a WHERE a.user_id = users.id)
        """;

    private const string Told = """
        INSERT INTO security_events (id, kind, user_id, at, ip, user_agent) SELECT gen_random_uuid(), 'account_erased', id, clock_timestamp(), '', '' FROM gone
        """;

    public static IServiceCollection AddRegistration(this IServiceCollection services) => services
        .AddSettings<RegistrationOptions>("Accounts:Registration")
        .AddScoped<ISignInPart, RegistrationPart>().AddScoped<VerificationMail>()
        .AddScoped<PresentedVerification>().AddScoped<ConfirmingBrowser>().AddScoped<AddressConfirmation>()
        .AddScoped<UserRegistration>().AddScoped<InvitedRegistration>().AddScoped<EmailVerification>().AddScoped<VerificationReview>().AddScoped<VerificationRejection>().AddScoped<VerificationResend>().AddScoped<IMailRequestPart, RequestedVerification>()
        .AddScoped<PendingSignUpMail>().AddScoped<SignUpConfirmation>().AddScoped<IMailRequestPart, RequestedSignUp>()
        .AddImpersonalTable("pending_sign_ups", "sign-ups that nobody has confirmed, gone within a day")
        .AddRestoreRule("pending_sign_ups")
        .AddSweepRule("users", Abandoned, Told).AddSweepRule("pending_sign_ups", "expires_at < clock_timestamp()");
}
