using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Authentication.OAuth;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Social;

/// <summary>GitHub, by OAuth 2.0. Who it is says the number <c>id</c>, for a login name can be given to somebody else; the address is the primary and verified one of the list.</summary>
public sealed class GitHubHandler(IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : SocialHandler(options, loggers, encoder)
{
    protected override async Task<ExternalProfile> ReadAsync(OAuthTokenResponse tokens, string? nonce)
    {
        var person = await GetAsync(Options.UserInformationEndpoint, tokens);
        var uid = person.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) && number > 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw ProfileFailed();
        var address = Primary(await GetAsync(Options.EmailsEndpoint, tokens));
        var (first, last) = person.Names("name");
        return new ExternalProfile(Options.Name, uid, address, address is not null)
        {
            FirstName = first,
            LastName = last,
            Login = person.Name("login"),
        };
    }

    private static EmailAddress? Primary(JsonElement addresses) => addresses.EnumerateArray()
        .Where(entry => entry.IsTrue("primary") && entry.IsTrue("verified")).Select(entry => entry.Address("email")).FirstOrDefault();
}
