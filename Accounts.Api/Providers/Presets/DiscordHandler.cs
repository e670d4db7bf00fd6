using System.Text.Encodings.Web;
using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers.Presets;

/// <summary>Discord, by OAuth 2.0. Who it is says the snowflake <c>id</c>; an address counts where <c>verified</c> is exactly true.</summary>
public sealed class DiscordHandler(IOptionsMonitor<SocialProvider> options, ILoggerFactory loggers, UrlEncoder encoder)
    : SocialHandler(options, loggers, encoder)
{
    protected override async Task<ExternalProfile> ReadAsync(ProviderTokens tokens, string? nonce, CancellationToken cancellation)
    {
        var person = await GetAsync(Options.UserInformationEndpoint, tokens, cancellation);
        var (uid, address) = (Uid(person.Text("id")), person.Address("email"));
        var (first, last) = person.Names("global_name");
        return new ExternalProfile(Options.Name, uid, address, address is not null && person.IsTrue("verified"))
        {
            FirstName = first,
            LastName = last,
            Login = person.Name("username"),
        };
    }
}
