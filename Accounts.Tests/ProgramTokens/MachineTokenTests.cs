using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.Http;
using Accounts.Tests.Support;
using Accounts.Tests.Tokens;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>A program's own token (RFC 6749 section 4.4).</summary>
public sealed class MachineTokenTests(ProgramServer shared, Postgres postgres) : IClassFixture<ProgramServer>, IDisposable
{
    private static readonly string Billing = ProgramTokenSteps.Basic("Billing", ProgramServer.Billing);

    private readonly TestServer server = shared.Server;
    private readonly ApiClient program = shared.Server.Client();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("application/x-www-form-urlencoded"), InlineData("application/json"), InlineData("multipart/form-data")]
    public async Task SG_20_A_client_gets_a_token_that_names_no_user(string mediaType)
    {
        using var content = ProgramTokenSteps.Body(mediaType, ("grant_type", "client_credentials"));
        var answer = await program.AskMachineTokenAsync(Billing, content);
        Assert.Equal(["access_token", "expires_in", "token_type"], answer.Json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Equal((200, "Bearer", "600", "no-store", "no-cache"), (answer.Status, answer["token_type"], answer["expires_in"], answer.Header("Cache-Control"), answer.Header("Pragma")));
        Assert.Empty(answer.SetCookies);
        var claims = AccessTokenText.ClaimsOf(answer["access_token"]!);
        Assert.Equal(["aud", "client_id", "exp", "iat", "iss", "jti", "roles", "sub", "token_type"], claims.EnumerateObject().Select(claim => claim.Name).Order(StringComparer.Ordinal));
        Assert.Equal(("client:Billing", "Billing", "access"), (Text(claims, "sub"), Text(claims, "client_id"), Text(claims, "token_type")));
        Assert.Equal("""["invoices","reports"]""", claims.GetProperty("roles").GetRawText());
        Assert.Equal(600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(0, await server.Database.CountAsync("security_events", "kind LIKE '%token%'"));
    }

    [Theory]
    [InlineData("node"), InlineData("python")]
    public async Task SG_20_Who_checks_access_tokens_checks_it_alike(string language)
    {
        var token = await program.MachineTokenAsync();
        var read = await SecondReader.Of(language).ReadAsync("issuer", server.Address.ToString().TrimEnd('/'), token);
        Assert.Equal("client:Billing", (string?)read?["sub"]);
    }

    [Fact]
    public async Task SG_20_At_this_server_it_opens_nothing()
    {
        var token = await program.MachineTokenAsync();
        var routes = from endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
                     where endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
                     from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                     where method != "HEAD"
                     select (Method: method, Path: ServerRoutes.Path(endpoint));
        program.Access = token;
        foreach (var (method, path) in routes.Distinct().ToArray())
        {
            (await program.SendAsync(new HttpMethod(method), path, null)).AssertAccessRefused("invalid");
        }
        (await program.PostAsync("/api/auth/token/verify/", new { token })).AssertRefused(401, "token_not_valid");
        Assert.Equal("""{"user":null}""", (await program.PostAsync("/api/auth/session/")).Text);
        Assert.Equal(200, (await program.LogoutAsync()).Status);
    }

    [Fact]
    public async Task SG_20_Introspection_tells_of_it_what_the_settings_say_now()
    {
        var token = await program.MachineTokenAsync();
        var told = await program.IntrospectAsync(token);
        Assert.Equal(("true", "client:Billing", "Billing", "Bearer", """["invoices","reports"]"""), (told["active"], told["sub"], told["client_id"], told["token_type"], told["roles"]));
        Assert.Null(told["username"]);
        Assert.Null(told["user_id"]);
        (string, string)[] orders = [ProgramServer.Settings[0]];
        await using var fewer = await TestServer.StartOnAsync(server.Database.ConnectionString, [.. orders, .. SameIssuer, ("Accounts:Clients:Billing:Secret", ProgramServer.Billing), ("Accounts:Clients:Billing:Roles", "reports,others")]);
        await using var none = await TestServer.StartOnAsync(server.Database.ConnectionString, [.. orders, .. SameIssuer]);
        using var asking = fewer.Client();
        Assert.Equal("""["reports"]""", (await asking.IntrospectAsync(token))["roles"]);
        using var other = none.Client();
        Assert.Equal(ProgramTokenSteps.Inactive, (await other.IntrospectAsync(token)).Text);
    }

    private (string, string)[] SameIssuer => [("Accounts:Tokens:Issuer", server.Address.ToString().TrimEnd('/'))];

    /// <summary>Signed by the server's own key, so that the difference alone is what a refusal can be about.</summary>
    [Fact]
    public async Task SG_20_Nothing_between_a_users_token_and_a_programs_is_taken_for_either()
    {
        using var user = server.Client();
        await user.SignInSomebodyAsync();
        var (ofUser, ofProgram) = (Forge.For(server, user.Access!), Forge.For(server, await program.MachineTokenAsync()));
        var sid = AccessTokenText.ClaimsOf(user.Access!).GetProperty("sid").GetString();
        string[] between =
        [
            ofUser.WithClaim("sub", "client:Billing"), ofUser.WithClaims(claims => (claims["sub"], claims["client_id"]) = ("client:Billing", "Billing")), ofUser.WithoutClaim("sid"),
            ofProgram.WithClaim("sid", sid), ofProgram.WithClaim("sub", "client:nightly_job-2"), ofProgram.WithClaim("sub", "Billing"), ofProgram.WithClaim("client_id", "nightly_job-2"),
            ofProgram.WithClaims(claims => (claims["sub"], claims["client_id"]) = ("client:nobody", "nobody")), ofProgram.WithClaim("token_type", "refresh"), ofProgram.WithClaim("aud", "another"),
            ofProgram.WithClaim("iss", "another"), ofProgram.WithClaim("exp", DateTimeOffset.UtcNow.AddSeconds(-31).ToUnixTimeSeconds()), ofProgram.WithoutClaim("exp"), ofProgram.WithClaim("sub", new JsonArray("client:Billing")),
            ofProgram.WithHeader(header => header["typ"] = "JWT"), ofProgram.WithSignature(ofProgram.OtherSignature), ofProgram.Signed + ".",
        ];
        foreach (var token in between)
        {
            Assert.Equal(ProgramTokenSteps.Inactive, (await program.IntrospectAsync(token)).Text);
            Assert.Equal(401, (await program.MeAsync(token)).Status);
        }
        Assert.Equal("true", (await program.IntrospectAsync(ofProgram.WithClaim("jti", "another")))["active"]);
    }

    [Theory]
    [InlineData("reports", """["reports"]"""), InlineData(" reports  invoices reports ", """["invoices","reports"]"""), InlineData("", """["invoices","reports"]""")]
    public async Task SG_20_A_scope_asks_for_some_of_the_clients_roles(string scope, string roles)
    {
        var token = await program.MachineTokenAsync(scope);
        var told = AccessTokenText.ClaimsOf(token).GetProperty("roles").EnumerateArray().Select(role => role.GetString()).Order(StringComparer.Ordinal);
        Assert.Equal(roles, JsonSerializer.Serialize(told));
    }

    /// <summary>As the RFC has it, as curl sends it, and the secret of before its change.</summary>
    [Fact]
    public async Task SG_20_Id_and_secret_are_taken_form_encoded_and_as_they_are_and_two_secrets_while_they_change()
    {
        foreach (var (id, secret) in new[]
        {
            ("Billing", ProgramServer.Billing), ("Billing", WebUtility.UrlEncode(ProgramServer.Billing)), ("Billing", Uri.EscapeDataString(ProgramServer.Billing)),
            ("Billing", ProgramServer.Former), ("Billing", WebUtility.UrlEncode(ProgramServer.Former)), ("Bill%69ng", WebUtility.UrlEncode(ProgramServer.Former)),
            ("nightly_job-2", "another secret of a program without any role"),
        })
        {
            using var content = ProgramTokenSteps.Body("application/x-www-form-urlencoded", ("grant_type", "client_credentials"));
            Assert.Equal(200, (await program.AskMachineTokenAsync(ProgramTokenSteps.Basic(id, secret), content)).Status);
        }
    }

    [Fact]
    public async Task SG_20_A_client_without_roles_has_a_token_without_roles()
    {
        using var content = ProgramTokenSteps.Body("application/json", ("grant_type", "client_credentials"));
        var answer = await program.AskMachineTokenAsync(ProgramTokenSteps.Basic("nightly_job-2", "another secret of a program without any role"), content);
        Assert.Equal("[]", AccessTokenText.ClaimsOf(answer["access_token"]!).GetProperty("roles").GetRawText());
    }

    [Fact]
    public async Task SG_20_Where_no_client_is_listed_there_is_no_such_endpoint_and_the_metadata_names_none()
    {
        await using var closed = await TestServer.StartAsync(postgres);
        using var client = closed.Client();
        using var content = ProgramTokenSteps.Body("application/json", ("grant_type", "client_credentials"));
        var answer = await client.AskMachineTokenAsync(Billing, content);
        answer.AssertRefused(404, "not_found");
        Assert.Null(answer["error"]);
        const string metadata = "/.well-known/oauth-authorization-server";
        Assert.Null((await client.GetAsync(metadata))["token_endpoint"]);
        var told = await program.GetAsync(metadata);
        Assert.Equal((new Uri(server.Address, ProgramTokenSteps.Token).ToString(), """["client_secret_basic"]""", """["client_credentials"]"""),
            (told["token_endpoint"], told["token_endpoint_auth_methods_supported"], told["grant_types_supported"]));
    }

    [Fact]
    public async Task CF_02_A_clients_secret_may_come_from_a_file()
    {
        var folder = Directory.CreateTempSubdirectory("accounts-secrets-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "Accounts__Clients__Billing__Secret"), $"{ProgramServer.Billing}\n", TestContext.Current.CancellationToken);
        await using var filed = await TestServer.StartAsync(postgres, ("Accounts:SecretsFolder", folder.FullName));
        using var client = filed.Client();
        Assert.NotEmpty(await client.MachineTokenAsync());
        folder.Delete(recursive: true);
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
