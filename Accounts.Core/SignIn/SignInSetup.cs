using Accounts.Core.Data;
using Accounts.Core.Settings;
using Accounts.Core.SignIn.Tickets;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.SignIn;

public static class SignInSetup
{
    public static IServiceCollection AddSignIn(this IServiceCollection services) => services
        .AddSettings<SignInOptions>("Accounts:Registration")
        .AddScoped<ISignInGate, VerifiedEmailGate>().AddScoped<SignInGates>().AddScoped<SignInPolicy>()
        .AddScoped<SignInMethods>().AddScoped<StepUp>().AddScoped<Revocation>().AddScoped<SignInDoor>()
        .AddSettings<RequiredFactorOptions, RequiredFactorOptionsCheck>("Accounts:SecondFactor").AddSingleton<FactorRequirement>()
        .AddScoped<SignInTickets>().AddScoped<FactorChecks>().AddScoped<AccountCodes>().AddScoped<MailboxProof>().AddScoped<AccountCodeMailing>().AddScoped<WaitingSignIn>().AddScoped<SecondFactorSignIn>()
        .AddPersonalData(new PersonalData("sign_in_tickets")
        {
            Key = "hash",
            Given = ["purpose", "methods", "transport", "persistent", "restore", "ip", "user_agent", "created_at", "expires_at", "mail_proved_at", "used_at"],
            Withheld =
            [
                new("of use to thieves alone", "hash", "security_stamp"),
                new("how far the sign-in has come, and what it takes the place of", "epoch", "attempts", "replaced_session", "replaced_user"),
            ],
        })
        .AddSweepRule("sign_in_tickets", "expires_at < clock_timestamp()");
}
