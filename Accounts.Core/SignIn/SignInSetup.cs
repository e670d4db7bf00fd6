using Accounts.Core.Data;
using Accounts.Core.Settings;
using Accounts.Core.SignIn.FactorResets;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.Workers;
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
        .AddScoped<FactorResetNotice>().AddScoped<WaitingFactorResets>().AddScoped<DueFactorResets>().AddScoped<ISignInPart, FactorResetPart>().AddWorker<FactorResetWorker>()
        // What was called off since the backup would be carried out at once.
        .AddRestoreRule("factor_resets")
        .AddPersonalData(new PersonalData("factor_resets")
        {
            Key = "user_id",
            Given = ["asked_at", "effective_at"],
            Withheld = [new("who else has asked for it", "actor_id")],
        })
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
