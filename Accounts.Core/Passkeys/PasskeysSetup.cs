using Accounts.Core.Data;
using Accounts.Core.SecondFactor;
using Accounts.Core.SignIn;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Passkeys;

public static class PasskeysSetup
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services) => services
        .AddScoped<ISignInPart, PasskeyPart>().AddScoped<FactorKind, PasskeyKind>()
        .AddScoped<KnownPasskeys>().AddScoped<PasskeyStates>().AddScoped<PasskeyUse>().AddScoped<PasskeyFactor>().AddScoped<PasskeySignIn>()
        .AddScoped<PasskeyEnrolment>().AddScoped<PasskeyAddition>()
        .AddRestoreRule("passkey_states").AddSweepRule("passkey_states", "expires_at < clock_timestamp()")
        .AddPersonalData(new PersonalData("passkeys")
        {
            Given =
            [
                "id", "name", "credential_id", "public_key", "counter", "transports", "aaguid", "backup_eligible", "backed_up", "user_verified_at_registration",
                "user_verified_at_use", "created_at", "last_used_at",
            ],
        })
        .AddPersonalData(new PersonalData("passkey_states")
        {
            Key = "hash",
            Given = ["kind", "purpose", "requirement", "created_at", "expires_at", "used_at"],
            Withheld = [new("of use to thieves alone", "hash", "challenge")],
        });
}
