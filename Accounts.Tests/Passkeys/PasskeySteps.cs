using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passkeys;

/// <summary>The steps of passkeys.</summary>
internal static class PasskeySteps
{
    public const string Factors = "/api/auth/factors/";

    private const string Additions = $"{Factors}passkeys/", Login = "/api/auth/login/passkey/";

    public static SoftwareAuthenticator Authenticator(this ApiClient client) => new(client.Address.GetLeftPart(UriPartial.Authority));

    public static Task<Answer> BeginAdditionAsync(this ApiClient client) => client.PostAsync($"{Additions}begin/");

    public static Task<Answer> FinishAdditionAsync(this ApiClient client, string? state, JsonObject passkey, string? name = null) =>
        client.PostAsync($"{Additions}finish/", name is null ? new { state, passkey } : new { state, passkey, name });

    public static async Task<Answer> AddPasskeyAsync(this ApiClient client, SoftwareAuthenticator authenticator, Action<Ceremony>? change = null, string? name = null)
    {
        var begun = await client.BeginAdditionAsync();
        Assert.True(begun.Status == 200, begun.ToString());
        return await client.FinishAdditionAsync(begun["state"], authenticator.Create(begun.PublicKey(), change), name);
    }

    /// <summary>As a sign-in page does, for whoever has a passkey: without the access token that may be there.</summary>
    public static async Task<Answer> BeginSignInAsync(this ApiClient client)
    {
        var access = client.Access;
        client.Access = null;
        var begun = await client.BeginProofAsync();
        client.Access = access;
        return begun;
    }

    /// <summary>For who is signed in.</summary>
    private static async Task<Answer> BeginProofAsync(this ApiClient client)
    {
        var begun = await client.PostAsync($"{Login}begin/");
        Assert.True(begun.Status == 200, begun.ToString());
        return begun;
    }

    public static Task<Answer> FinishSignInAsync(this ApiClient client, string? state, JsonObject passkey, bool restore = false) =>
        client.PostAsync($"{Login}finish/", new { state, passkey, restore });

    public static async Task<Answer> SignInAsync(this ApiClient client, SoftwareAuthenticator authenticator, Action<Ceremony>? change = null)
    {
        var begun = await client.BeginSignInAsync();
        return await client.FinishSignInAsync(begun["state"], authenticator.Get(begun.PublicKey(), change));
    }

    /// <summary>Goes on with an access token in which a proof by the passkey stands.</summary>
    public static async Task ProveAgainAsync(this ApiClient client, SoftwareAuthenticator authenticator)
    {
        var begun = await client.BeginProofAsync();
        var answer = await client.ReauthenticateAsync(new { state = begun["state"], passkey = authenticator.Get(begun.PublicKey()) });
        Assert.True(answer.Status == 200, answer.ToString());
        client.Access = answer.Access;
    }

    public static JsonElement PublicKey(this Answer begun) => begun.Json.GetProperty("publicKey");

    /// <summary>Somebody new, signed in, with a passkey.</summary>
    public static async Task<(Person Person, SoftwareAuthenticator Authenticator)> SignInWithPasskeyAsync(this TestServer server, ApiClient client)
    {
        var person = await server.SignInVerifiedAsync(client);
        var authenticator = client.Authenticator();
        var added = await client.AddPasskeyAsync(authenticator);
        Assert.True(added.Status == 201, added.ToString());
        authenticator.RecoveryCodes = added.Codes();
        server.HasProved(client);
        return (person, authenticator);
    }

    public static Task<long> PasskeysAsync(this TestDatabase database, Person person, string where = "true") => database.CountAsync(
        "passkeys p JOIN users u ON u.id = p.user_id", $"u.email = @email AND {where}", ("email", person.Email));

    public static Task<string[]> WaysAsync(this TestDatabase database, Person person) =>
        database.ScalarAsync<string[]>("SELECT ways FROM users WHERE email = @email", ("email", person.Email));
}
