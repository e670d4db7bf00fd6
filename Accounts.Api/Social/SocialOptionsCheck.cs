using Accounts.Api.Providers.OpenId;
using Accounts.Core.Settings;

namespace Accounts.Api.Social;

internal sealed class SocialOptionsCheck(IHostEnvironment environment, IConfiguration configuration) : SettingsCheck<SocialOptions>
{
    protected override IEnumerable<string> Mistakes(SocialOptions options) => RedirectUris(options).Concat(OidcNames.Mistakes(configuration));

    private IEnumerable<string> RedirectUris(SocialOptions options)
    {
        foreach (var address in SettingsSetup.Parts(options.RedirectUri))
        {
            if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Fragment.Length > 0 || uri.UserInfo.Length > 0)
            {
                yield return $"Accounts__Social__RedirectUri lists \"{address}\": write the absolute address of a page, without a fragment, for example https://app.example.com/signed-in.";
            }
            else if (!environment.IsDevelopment() && uri is { Scheme: "http", IsLoopback: false })
            {
                yield return $"Accounts__Social__RedirectUri lists {address}: outside Development it must be https, or http on loopback.";
            }
        }
    }
}
