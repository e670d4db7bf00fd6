using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Accounts.Core.Social;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.Presets;

/// <summary>Facebook, by OAuth 2.0. Who it is says <c>id</c>, which is another for every app; whether an address is verified it does not say, so none is.</summary>
public sealed class FacebookHandler(IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : SocialHandler(options, loggers, encoder)
{
    /// <summary>Facebook's permissions are separated by commas.</summary>
    protected override string FormatScope(IEnumerable<string> scopes) => string.Join(',', scopes);

    protected override async Task<ExternalProfile> ReadAsync(ProviderTokens tokens, string? nonce, CancellationToken cancellation)
    {
        var person = await GetAsync(QueryHelpers.AddQueryString(Options.UserInformationEndpoint, "appsecret_proof", Proof(tokens.AccessToken!)), tokens, cancellation);
        var (first, last) = person.Names("name");
        return new ExternalProfile(Options.Name, Uid(person.Text("id")), person.Address("email"), EmailVerified: false) { FirstName = first, LastName = last };
    }

    /// <summary>Apps may insist on it: that whoever uses the token is the app, and knows its secret.</summary>
    private string Proof(string token) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Options.ClientSecret), Encoding.UTF8.GetBytes(token)));
}
