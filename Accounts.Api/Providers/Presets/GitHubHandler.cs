using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.Presets;

/// <summary>
/// GitHub, by OAuth 2.0. Who it is says the number <c>id</c>, for a login name can be given to somebody else; the address is the primary and verified one of
/// the list, or where none is primary, the first that is verified.
/// </summary>
public sealed class GitHubHandler(IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : SocialHandler(options, loggers, encoder)
{
    /// <summary>What GitHub gives to who hides their address: it takes mail of GitHub alone.</summary>
    private const string NoMailbox = "@users.noreply.github.com";

    protected override async Task<ExternalProfile> ReadAsync(ProviderTokens tokens, string? nonce, CancellationToken cancellation)
    {
        var person = await GetAsync(Options.UserInformationEndpoint, tokens, cancellation);
        var uid = person.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) && number > 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : throw ProfileFailed();
        var (address, withheld) = await TryAsync(limit => AddressAsync(tokens, limit), cancellation);
        var (first, last) = person.Names("name");
        return new ExternalProfile(Options.Name, uid, address, address is not null)
        {
            FirstName = first,
            LastName = last,
            Login = person.Name("login"),
            Withheld = withheld,
            Picture = person.Link("avatar_url"),
            Url = person.Link("html_url"),
        };
    }

    /// <summary>Null also where the app may not read them: a GitHub App without the permission gets 403, an OAuth app without the scope 404.</summary>
    private async Task<EmailAddress?> AddressAsync(ProviderTokens tokens, CancellationToken cancellation)
    {
        using var response = await AskAsync(Options.EmailsEndpoint, tokens, cancellation);
        if (response.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound)
        {
            return null;
        }
        var entries = (await ReadAsync(response, cancellation)).EnumerateArray().ToList();
        var primary = entries.Where(entry => entry.IsTrue("primary")).ToList();
        return (primary.Count > 0 ? primary : entries).Where(entry => entry.IsTrue("verified")).Select(entry => entry.Address("email")).OfType<EmailAddress>()
            .OrderBy(address => address.Text.EndsWith(NoMailbox, StringComparison.OrdinalIgnoreCase)).FirstOrDefault();
    }
}
