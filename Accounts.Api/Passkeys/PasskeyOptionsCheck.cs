using Accounts.Core.Settings;

namespace Accounts.Api.Passkeys;

internal sealed class PasskeyOptionsCheck : SettingsCheck<PasskeyOptions>
{
    private const int Most = 5;

    protected override IEnumerable<string> Mistakes(PasskeyOptions options)
    {
        var origins = SettingsSetup.Parts(options.Origins);
        foreach (var origin in origins.Where(origin => !RelyingParty.IsPossible(origin)))
        {
            yield return $"Accounts__Passkeys__Origins has \"{origin}\": write an origin of https as browsers do, such as https://app.example.com, or one of http on loopback.";
        }
        if (origins.Length > Most)
        {
            yield return $"Accounts__Passkeys__Origins has {origins.Length} origins, and browsers look at {Most}: leave the others out.";
        }
    }
}
