using System.Runtime.CompilerServices;
using Accounts.Api.Origins;
using Accounts.Core.Checkup;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Checkup;

/// <summary>Whether browsers let the front ends' scripts read our answers, and send our cookie along.</summary>
public sealed class FrontEndCheck(IOptions<SiteOptions> site, IOptions<OriginOptions> origins, IOptions<SessionOptions> sessions, AllowedOrigins allowed) : ICheck
{
    public string Name => "front_end";

    public string WhenWell => "The front ends may call us, and browsers send our cookie with it.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var frontEnd in FrontEnds())
        {
            if (!allowed.Contains(frontEnd))
            {
                yield return Fault.Problem(
                    $"{frontEnd} (Accounts__FrontendUrl) is not in Accounts__AllowedOrigins: browsers keep our answers from its scripts (CORS). Add it there, as it is written here.");
            }
            if (CookieFault(new Uri(frontEnd)) is { } fault)
            {
                yield return fault;
            }
        }
    }

    /// <summary>Those of the web, but for our own pages. Apps have the token in the body.</summary>
    private IEnumerable<string> FrontEnds() => SettingsSetup.Parts(origins.Value.AllowedOrigins)
        .Prepend(new Uri(site.Value.Frontend).GetLeftPart(UriPartial.Authority))
        .Where(origin => SettingsSetup.IsWebOrigin(origin) && origin != site.Value.Origin).Distinct(StringComparer.Ordinal);

    private Fault? CookieFault(Uri frontEnd)
    {
        var ours = new Uri(site.Value.PublicUrl);
        var (theirOrigin, ourOrigin) = (frontEnd.GetLeftPart(UriPartial.Authority), site.Value.Origin);
        if (Site.Of(frontEnd) == Site.Of(ours) || SettingsSetup.Parts(sessions.Value.BodyModeOrigins).Contains(theirOrigin))
        {
            return null;
        }
        if (frontEnd.IsLoopback && ours.IsLoopback && frontEnd.Scheme == ours.Scheme)
        {
            return Fault.Problem(
                $"{frontEnd.Host} and {ours.Host} are this machine, and two sites to a browser: our cookie is not sent with what {theirOrigin} asks, and every reload signs people out. Open the front end as {frontEnd.Scheme}://{ours.Host}:{frontEnd.Port}, and write it so in Accounts__FrontendUrl and Accounts__AllowedOrigins.");
        }
        return sessions.Value.CookieSameSite.Equals("None", StringComparison.OrdinalIgnoreCase)
            ? Fault.Warning(
                $"{theirOrigin} and {ourOrigin} are different sites. Browsers that block cookies of other sites, Safari and all others on iOS first of all, may not keep ours: there every reload signs people out. Serve both below one domain, such as app.example.com and accounts.example.com, or list the front end in Accounts__Sessions__BodyModeOrigins.")
            : Fault.Problem(
                $"{theirOrigin} and {ourOrigin} are different sites, and the refresh cookie is SameSite={sessions.Value.CookieSameSite}: browsers do not send it with what the front end asks, and every reload signs people out. Serve both below one domain and by https, such as https://app.example.com and https://accounts.example.com; or set Accounts__Sessions__CookieSameSite=None, which Safari still may not keep.");
    }
}
