using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The steps of signing in through somebody else.</summary>
internal static class SocialSteps
{
    public const string Verifier = "a-verifier.of_the~tests-that-is-long-enough-0123456789";

    public static string Challenge(string verifier = Verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>As a script does it, with a verifier of its own.</summary>
    public static Task<Answer> SignInAsync(this ApiClient client, ProviderDouble provider, Identity identity) =>
        client.PostAsync($"/api/auth/social/{identity.Provider}/", new { code = provider.Issue(identity, Challenge(), $"{client.Address}"), code_verifier = Verifier });

    /// <summary>As a script does it with a state of ours: what it brings back.</summary>
    public static async Task<(string Code, string State)> BeginAsync(this ApiClient client, ProviderDouble provider, Identity identity, object? body = null)
    {
        var answer = await client.PostAsync($"/api/auth/social/{identity.Provider}/begin/", body);
        Assert.True(answer.Status == 200, answer.ToString());
        return provider.Authorize(answer["authorization_url"]!, identity);
    }

    public static async Task<Answer> ConnectAsync(this ApiClient client, ProviderDouble provider, Identity identity)
    {
        var (code, state) = await client.BeginAsync(provider, identity);
        return await client.PostAsync($"/api/auth/social/{identity.Provider}/connect/", new { code, state });
    }

    public static Task<Answer> DisconnectAsync(this ApiClient client, string provider) => client.SendAsync(HttpMethod.Delete, $"/api/auth/social/{provider}/", null);

    /// <summary>As the server drives it: the address to which the provider sends the browser back.</summary>
    public static async Task<string> LeaveAsync(this ApiClient client, ProviderDouble provider, Identity identity, string? next = null, string? transport = null)
    {
        var query = next is null && transport is null ? "" : $"?{(next is null ? "" : $"next={Uri.EscapeDataString(next)}&")}{(transport is null ? "" : $"transport={transport}")}";
        var answer = await client.GetAsync($"/api/auth/social/{identity.Provider}/login/{query}");
        Assert.True(answer.Status == 302, answer.ToString());
        var (code, state) = provider.Authorize(answer.Header("Location")!, identity);
        return $"/api/auth/social/{identity.Provider}/callback/?code={code}&state={state}{Issuer(identity)}";
    }

    /// <summary>GitHub's document of its authorization endpoint: since 2025 its answers name it (RFC 9207).</summary>
    private static string Issuer(Identity identity) => identity.Provider == "github" ? "&iss=https%3A%2F%2Fgithub.com%2Flogin%2Foauth" : "";

    /// <summary>Registered with an address that has been verified; signed in.</summary>
    public static async Task<Person> SignInVerifiedAsync(this TestServer server, ApiClient client)
    {
        var (person, token) = await server.RegisterSomebodyAsync(client);
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        await client.SignInAsync(person);
        return person;
    }

    public static Task<long> AccountsAsync(this TestDatabase database, Identity identity, string where = "true") => database.CountAsync(
        "social_accounts a JOIN users u ON u.id = a.user_id", $"a.provider = @provider AND a.issuer = @issuer AND a.provider_uid = @uid AND {where}",
        ("provider", identity.Provider), ("issuer", identity.Issuer), ("uid", identity.Uid));

    /// <summary>No account, no identity, no session has come of it.</summary>
    public static async Task KnowsNothingOfAsync(this TestDatabase database, Identity identity)
    {
        Assert.Equal(0, await database.AccountsAsync(identity));
        Assert.Equal(0, await database.UsersAsync(identity.Email));
    }
}
