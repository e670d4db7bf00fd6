using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Passkeys;

/// <summary>Whom passkeys are made for, as the settings say and never as a request does: the host of PublicUrl, and the origins whose pages may use it.</summary>
public sealed class RelyingParty(IOptions<PasskeyOptions> options, IOptions<SiteOptions> site)
{
    /// <summary>The id, which is a host without a port.</summary>
    public string Id => site.Value.Host;

    public string[] Origins { get; } = SettingsSetup.Parts(options.Value.Origins) is { Length: > 0 } listed ? listed : DefaultsOf(site.Value);

    /// <summary>Those that browsers take for this id only because we publish them (related origin requests, WebAuthn level 3).</summary>
    public string[] RelatedOrigins => [.. Origins.Where(origin => !IsOwn(new Uri(origin).IdnHost))];

    /// <summary>Whether browsers have passkeys there at all.</summary>
    public static bool IsPossible(string origin) =>
        SettingsSetup.IsWebOrigin(origin) && new Uri(origin) is var uri && (uri.Scheme == Uri.UriSchemeHttps || uri.IsLoopback);

    private bool IsOwn(string host) => host == Id || host.EndsWith($".{Id}", StringComparison.Ordinal);

    private static string[] DefaultsOf(SiteOptions site) =>
        [.. new[] { site.Origin, OriginOf(site.Frontend) }.Where(IsPossible).Distinct(StringComparer.Ordinal)];

    /// <summary>A front end may have a path, or be an app.</summary>
    private static string OriginOf(string address) => new Uri(address).GetLeftPart(UriPartial.Authority);
}
