using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Api.Providers;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Development.Provider;

/// <summary>The fake provider, by OpenID Connect. It says itself which addresses it gives out.</summary>
public sealed class FakeHandler(IdTokens idTokens, IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : OpenIdHandler(idTokens, options, loggers, encoder)
{
    protected override ExternalProfile Profile(string uid, JsonElement person)
    {
        var profile = base.Profile(uid, person);
        return profile with { IsAuthoritative = profile.EmailVerified && person.IsTrue("email_authoritative") };
    }
}
