using Microsoft.Extensions.Hosting;

namespace Accounts.Core.Settings;

internal sealed class SiteOptionsCheck(IHostEnvironment environment) : SettingsCheck<SiteOptions>
{
    protected override IEnumerable<string> Mistakes(SiteOptions options)
    {
        if (!SettingsSetup.IsWebOrigin(options.PublicUrl.TrimEnd('/')))
        {
            yield return $"Accounts__PublicUrl is \"{options.PublicUrl}\": set it to scheme, host and port alone, for example https://accounts.example.com.";
            yield break;
        }
        if (environment.IsDevelopment() && !options.IsLoopback)
        {
            yield return $"Accounts__PublicUrl is {options.PublicUrl}, and this is Development, whose tools must not be reachable from elsewhere: use a loopback address, or set ASPNETCORE_ENVIRONMENT=Production.";
        }
        if (!environment.IsDevelopment() && !options.IsHttps && !options.IsLoopback)
        {
            yield return $"Accounts__PublicUrl is {options.PublicUrl}: outside Development it must be https, or http on loopback.";
        }
        if (options.FrontendUrl.Length > 0 && !Uri.TryCreate(options.FrontendUrl, UriKind.Absolute, out _))
        {
            yield return $"Accounts__FrontendUrl is \"{options.FrontendUrl}\": set it to an absolute address, for example https://app.example.com.";
        }
    }
}
