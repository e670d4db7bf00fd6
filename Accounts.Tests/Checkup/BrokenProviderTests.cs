using Accounts.Core.Checkup;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Checkup;

/// <summary>What providers say to our client, with the sentence that it gets.</summary>
public sealed class BrokenProviderTests(Postgres postgres)
{
    [Theory]
    [InlineData("well", "providers", FindingLevel.Ok, "Every provider that is set up answers and knows our client")]
    [InlineData("secret", "providers", FindingLevel.Problem, "Google does not know our client id, or the secret is another (invalid_client)")]
    [InlineData("issuer", "providers", FindingLevel.Problem, "/oidc/typo/.well-known/openid-configuration cannot be read, or names another issuer")]
    [InlineData("away", "providers", FindingLevel.Problem, "Google cannot be asked at http://localhost:1/token")]
    public async Task CF_01_The_doctor_tells_what_a_provider_makes_of_our_client(string fault, string check, FindingLevel level, string words)
    {
        await using var provider = await ProviderDouble.StartAsync();
        var settings = provider.Settings.ToDictionary();
        settings["Accounts:Social:Google:ClientSecret"] = fault == "secret" ? "another" : ProviderDouble.ClientSecret;
        if (fault == "away")
        {
            settings["Accounts:Social:Google:TokenUrl"] = "http://localhost:1/token";
        }
        if (fault == "issuer")
        {
            settings[settings.Keys.Single(key => key.EndsWith(":Issuer", StringComparison.Ordinal) && key.Contains(":Oidc:", StringComparison.Ordinal))] = $"{provider.OidcIssuer}/typo";
        }
        (await Doctor.AskAsync(await postgres.CreateDatabaseAsync(), [.. settings.Select(pair => (pair.Key, pair.Value))])).Finds(check, level, words);
    }
}
