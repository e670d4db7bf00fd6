using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Sessions;

internal sealed class SessionOptionsCheck(IOptions<SiteOptions> site) : SettingsCheck<SessionOptions>
{
    private static readonly string[] SameSites = ["Lax", "Strict", "None"];

    protected override IEnumerable<string> Mistakes(SessionOptions options)
    {
        if (options.AccessTokenLifetime < TimeSpan.FromSeconds(30) || options.AccessTokenLifetime > TimeSpan.FromDays(1))
        {
            yield return $"Accounts__Sessions__AccessTokenLifetime is {options.AccessTokenLifetime}: choose 00:00:30 to 1.00:00:00 (d.hh:mm:ss).";
        }
        if (options.IdleLifetime <= options.AccessTokenLifetime || options.IdleLifetime > options.AbsoluteLifetime)
        {
            yield return $"Accounts__Sessions__IdleLifetime is {options.IdleLifetime}: choose more than AccessTokenLifetime and at most AbsoluteLifetime (d.hh:mm:ss).";
        }
        if (options.SessionTokenLifetime < SessionOptions.ShortestSessionTokenLifetime || options.SessionTokenLifetime > TimeSpan.FromDays(400))
        {
            yield return $"Accounts__Sessions__SessionTokenLifetime is {options.SessionTokenLifetime}: choose 02:00:00 to 400.00:00:00 (d.hh:mm:ss).";
        }
        if (options.AbsoluteLifetime > TimeSpan.FromDays(400))
        {
            yield return $"Accounts__Sessions__AbsoluteLifetime is {options.AbsoluteLifetime}: choose at most 400 days, which is as long as browsers keep a cookie (d.hh:mm:ss).";
        }
        if (options.ReuseLeeway < TimeSpan.Zero || options.ReuseLeeway > TimeSpan.FromMinutes(5))
        {
            yield return $"Accounts__Sessions__ReuseLeeway is {options.ReuseLeeway}: choose 00:00:00 to 00:05:00 (d.hh:mm:ss).";
        }
        if (!SameSites.Contains(options.CookieSameSite, StringComparer.OrdinalIgnoreCase))
        {
            yield return $"Accounts__Sessions__CookieSameSite is \"{options.CookieSameSite}\": choose Lax, Strict or None.";
        }
        else if (options.CookieSameSite.Equals("None", StringComparison.OrdinalIgnoreCase) && !site.Value.IsHttps)
        {
            yield return "Accounts__Sessions__CookieSameSite is None, which browsers accept over https only: use an https Accounts__PublicUrl.";
        }
        foreach (var origin in SettingsSetup.Parts(options.BodyModeOrigins).Where(origin => !SettingsSetup.IsOrigin(origin)))
        {
            yield return $"Accounts__Sessions__BodyModeOrigins lists \"{origin}\": write origins as browsers do, for example https://app.example.com.";
        }
    }
}
