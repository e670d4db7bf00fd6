using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.SecondFactor.Changes;
using Accounts.Core.SecondFactor.Enrolment;
using Accounts.Core.SecondFactor.Totp;
using Accounts.Core.SignIn;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.SecondFactor;

public static class SecondFactorSetup
{
    public static IServiceCollection AddSecondFactor(this IServiceCollection services) => services
        .AddScoped<ISignInPart, SecondFactorPart>().AddScoped<FactorKind, TotpKind>().AddScoped<UserFactors>().AddScoped<RecoveryCodes>()
        .AddScoped<FactorChanges>().AddScoped<FactorList>().AddScoped<FactorRenaming>().AddScoped<FactorRemoval>().AddScoped<RecoveryCodeRenewal>()
        .AddScoped<EnrolmentMailing>().AddScoped<EnrolmentProof>()
        .AddScoped<TotpEnrolment>().AddScoped<TotpConfirmation>().AddScoped<TotpCodes>().AddScoped<ClosedCodes>().AddScoped<FactorCodes>().AddScoped<IFactorCheck, CodeCheck>().AddWorker<SeedSealing>()
        .AddScoped<IChangeReversal, FactorAddedReversal>().AddScoped<IChangeReversal, FactorRemovedReversal>().AddScoped<IChangeReversal, RecoveryCodesReversal>()
        // Nothing of a confirmed factor is forgotten by a backup that would let anybody in without its device.
        .AddRestoreRule("enrolments", "DELETE FROM totp_factors WHERE ctid = ANY (ARRAY (SELECT ctid FROM totp_factors WHERE confirmed_at IS NULL LIMIT @most))")
        .AddSweepRule("totp_factors", $"confirmed_at IS NULL AND created_at < clock_timestamp() - interval '{TotpFactor.BegunLifetime.TotalMinutes} minutes'")
        .AddPersonalData(new PersonalData("totp_factors")
        {
            Given = ["id", "name", "created_at", "confirmed_at", "last_used_at"],
            Withheld = [new("of use to thieves alone", "seed"), new("counters of this server", "last_step")],
        })
        .AddPersonalData(new PersonalData("recovery_codes")
        {
            Key = "hash",
            Given = ["created_at", "used_at"],
            Withheld = [new("of use to thieves alone", "hash")],
        });
}
