using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Accounts.Tests.Admin;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>A server with a service that introspects, and with programs that have tokens of their own.</summary>
public sealed class ProgramServer(Postgres postgres) : SharedServer(postgres, Settings)
{
    public const string Orders = "a secret of a resource server that is long enough", Billing = "Secret+of/billing=with%25all:that-is-escaped", Former = "the secret of billing from before it was changed";

    public static readonly (string Key, string Value)[] Settings =
    [
        ("Accounts:Tokens:IntrospectionClients", $"orders:{Orders}"),
        ("Accounts:Clients:Billing:Secret", $"{Billing}, {Former}"), ("Accounts:Clients:Billing:Roles", "invoices, reports"),
        ("Accounts:Clients:nightly_job-2:Secret", "another secret of a program without any role"),
    ];
}

/// <summary>The steps of tokens for programs.</summary>
internal static class ProgramTokenSteps
{
    public const string Tokens = "/api/auth/tokens/", Token = "/api/auth/token/", Introspect = "/api/auth/introspect/", Inactive = """{"active":false}""";

    /// <summary>Somebody verified who holds some roles, signed in just now.</summary>
    public static async Task<Person> SignInHolderAsync(this TestServer server, ApiClient client, string roles = "{auditor,editor}")
    {
        var person = await server.VerifiedAsync(client);
        await server.Database.ChangeAsync(person, $"roles = '{roles}'");
        return person;
    }

    public static Task<Answer> AskTokenAsync(this ApiClient client, object body) => client.PostAsync(Tokens, body);

    public static async Task<(string Id, string Token)> MakeTokenAsync(this ApiClient client, string name = "nightly backup", params string[] roles)
    {
        var answer = await client.AskTokenAsync(new { name, roles });
        Assert.True(answer.Status == 201, answer.ToString());
        return (answer["id"]!, answer["token"]!);
    }

    public static async Task<JsonElement[]> TokensAsync(this ApiClient client) => [.. (await client.GetAsync(Tokens)).Json.EnumerateArray()];

    public static Task<Answer> RemoveTokenAsync(this ApiClient client, string id) => client.SendAsync(HttpMethod.Delete, $"{Tokens}{id}/", null);

    public static string Basic(string id, string secret) => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{id}:{secret}"))}";

    public static Task<Answer> IntrospectAsync(this ApiClient client, string token) =>
        client.PostAsync(Introspect, new { token }, ("Authorization", Basic("orders", ProgramServer.Orders)));

    /// <summary>Refused by me for a reason, and not active for who asks.</summary>
    public static async Task AssertOverAsync(this TestServer server, string token, string reason = "revoked")
    {
        using var program = server.Client();
        (await program.MeAsync(token)).AssertAccessRefused(reason);
        Assert.Equal(Inactive, (await program.IntrospectAsync(token)).Text);
    }

    public static async Task AssertGoodAsync(this TestServer server, string token)
    {
        using var program = server.Client();
        var (me, told) = (await program.MeAsync(token), await program.IntrospectAsync(token));
        Assert.True((me.Status, told["active"]) == (200, "true"), $"{me} {told}");
    }

    public static Task<long> TokensOfAsync(this TestDatabase database, Person person, string where = "true") =>
        database.CountAsync("api_tokens t JOIN users u ON u.id = t.user_id", $"u.email = @email AND {where}", ("email", person.Email));

    public static async Task ChangeTokensAsync(this TestDatabase database, Person person, string assignment) => Assert.NotEqual(
        0, await database.ExecuteAsync($"UPDATE api_tokens t SET {assignment} FROM users u WHERE u.id = t.user_id AND u.email = @email", ("email", person.Email)));

    /// <summary>As a program asks for a token of its own.</summary>
    public static Task<Answer> AskMachineTokenAsync(this ApiClient program, string credentials, HttpContent content) =>
        program.SendAsync(HttpMethod.Post, Token, content, ("Authorization", credentials));

    public static async Task<string> MachineTokenAsync(this ApiClient program, string scope = "")
    {
        var answer = await program.AskMachineTokenAsync(Basic("Billing", ProgramServer.Billing), JsonContent.Create(new { grant_type = "client_credentials", scope }));
        Assert.True(answer.Status == 200, answer.ToString());
        return answer["access_token"]!;
    }

    public static HttpContent Body(string mediaType, params (string Name, string Value)[] members)
    {
        var texts = members.ToDictionary(member => member.Name, member => member.Value);
        if (mediaType == "application/json")
        {
            return JsonContent.Create(texts);
        }
        if (mediaType == "application/x-www-form-urlencoded")
        {
            return new FormUrlEncodedContent(texts);
        }
        var form = new MultipartFormDataContent();
        Array.ForEach(members, member => form.Add(new StringContent(member.Value), member.Name));
        return form;
    }
}
