using System.Text;
using Accounts.Api;
using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>RFC 7662, for clients that are listed.</summary>
public sealed class IntrospectionTests(IntrospectionTests.Configured shared, Postgres postgres) : IClassFixture<IntrospectionTests.Configured>, IAsyncLifetime
{
    private const string Secret = "a:secret of a resource server that is long enough", OtherSecret = "another secret of another server";
    private const string Path = "/api/auth/introspect/", Inactive = """{"active":false}""";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient user = shared.Server.Client();
    private Person person = null!;

    public sealed class Configured(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Tokens:IntrospectionClients", $"orders:{Secret}, billing:{OtherSecret}"));

    public async ValueTask InitializeAsync() => person = await user.SignInSomebodyAsync();

    public ValueTask DisposeAsync()
    {
        user.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AT_10_A_listed_client_learns_of_an_active_token_what_is_so_now()
    {
        await server.Database.ExecuteAsync("UPDATE users SET roles = '{auditor}', email_verified = true");
        foreach (var credentials in new[] { $"orders:{Secret}", $"billing:{OtherSecret}" })
        {
            var answer = await IntrospectAsync(user.Access!, credentials);
            Assert.Equal((200, "true", person.Username), (answer.Status, answer["active"], answer["username"]));
            Assert.Equal("""["auditor"]""", answer["roles"]);
            Assert.Equal(("true", "Bearer", "no-store"), (answer["email_verified"], answer["token_type"], answer.Header("Cache-Control")));
            Assert.Equal((await user.MeAsync())["id"], answer["sub"]);
        }
    }

    [Fact]
    public async Task AT_10_The_metadata_names_where_services_ask_where_any_is_listed()
    {
        var metadata = await user.GetAsync("/.well-known/oauth-authorization-server");
        Assert.Equal(new Uri(server.Address, Path).ToString(), metadata["introspection_endpoint"]);
        Assert.Equal("""["client_secret_basic"]""", metadata["introspection_endpoint_auth_methods_supported"]);
        await using var without = await TestServer.StartAsync(postgres);
        using var anybody = without.Client();
        Assert.False((await anybody.GetAsync("/.well-known/oauth-authorization-server")).Json.TryGetProperty("introspection_endpoint", out _));
    }

    [Theory]
    [InlineData("orders:wrong")]
    [InlineData("orders:")]
    [InlineData("orders")]
    [InlineData("ORDERS:" + Secret)]
    [InlineData("orders:" + OtherSecret)]
    [InlineData("nobody:" + Secret)]
    [InlineData(":" + Secret)]
    [InlineData("")]
    public async Task AT_10_Nobody_else_learns_anything(string credentials)
    {
        var answer = await IntrospectAsync(user.Access!, credentials);
        Assert.Equal((401, "invalid_client"), (answer.Status, answer["code"]));
        Assert.Equal("Basic realm=\"introspection\"", answer.Header("WWW-Authenticate"));
        Assert.DoesNotContain("active", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Basic !!!")]
    [InlineData("Basic")]
    [InlineData("Bearer {0}")]
    public async Task AT_10_Other_credentials_than_Basic_are_none(string header)
    {
        var answer = await user.PostAsync(Path, new { token = user.Access }, ("Authorization", header.Replace("{0}", user.Access, StringComparison.Ordinal)));
        Assert.Equal((401, "invalid_client"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task AT_10_Of_everything_bad_it_says_only_that_it_is_not_active()
    {
        var ended = user.Access!;
        await user.LogoutAsync();
        await user.SignInAsync(person);
        var expired = Forge.For(server, user.Access!).WithClaim("exp", DateTimeOffset.UtcNow.AddSeconds(-31).ToUnixTimeSeconds());
        string[] bad =
        [
            ended, expired, user.RefreshCookie!, "x", "a.b.c", $"{user.Access}x", user.Access![..^3], user.Access!.Split('.')[0] + "..",
            "eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.", new string('a', 9000), "\ud83d\ude00",
        ];
        foreach (var token in bad)
        {
            Assert.Equal(Inactive, (await IntrospectAsync(token, $"orders:{Secret}")).Text);
        }
        await server.Database.ExecuteAsync("UPDATE users SET is_active = false");
        Assert.Equal(Inactive, (await IntrospectAsync(user.Access!, $"orders:{Secret}")).Text);
    }

    [Fact]
    public async Task XA_04_A_token_with_its_other_signature_is_not_active()
    {
        var forge = Forge.For(server, user.Access!);
        Assert.Equal("true", (await IntrospectAsync(forge.WithSignature(forge.Signature), $"orders:{Secret}"))["active"]);
        Assert.Equal(Inactive, (await IntrospectAsync(forge.WithSignature(forge.OtherSignature), $"orders:{Secret}")).Text);
    }

    [Fact]
    public async Task AT_10_A_token_whose_session_has_lived_its_time_is_not_active()
    {
        Assert.Equal("true", (await IntrospectAsync(user.Access!, $"orders:{Secret}"))["active"]);
        await server.Database.ExecuteAsync("UPDATE sessions SET created_at = created_at - interval '91 days'");
        Assert.Equal(Inactive, (await IntrospectAsync(user.Access!, $"orders:{Secret}")).Text);
    }

    [Fact]
    public async Task AT_10_Without_a_listed_client_there_is_no_such_endpoint()
    {
        await using var closed = await TestServer.StartAsync(postgres);
        using var client = closed.Client();
        var answer = await IntrospectAsync("x", ":", client);
        Assert.Equal((404, "not_found"), (answer.Status, answer["code"]));
    }

    [Fact]
    public async Task AT_10_The_metadata_names_the_configured_issuer_and_S256_alone()
    {
        await using var named = await TestServer.StartAsync(postgres, ("Accounts:Tokens:Issuer", "https://id.example.com"));
        using var client = named.Client();
        foreach (var path in new[] { "/.well-known/openid-configuration", "/.well-known/oauth-authorization-server" })
        {
            var answer = await client.GetAsync(path, ("X-Forwarded-Host", "evil.example"));
            Assert.Equal(("https://id.example.com", """["S256"]"""), (answer["issuer"], answer["code_challenge_methods_supported"]));
        }
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders:")]
    [InlineData("orders:short")]
    [InlineData(":a secret of a resource server that is long enough")]
    [InlineData("orders:another secret of another server,orders:another secret of another server")]
    public async Task AT_10_A_client_without_a_name_and_a_secret_of_its_own_stops_the_start(string clients)
    {
        await using var stopped = Program.Build(
            ["--environment=Production", "--ConnectionStrings:Accounts=Host=nowhere", $"--Accounts:SecretKey={TestSettings.SecretKey}", $"--Accounts:Tokens:IntrospectionClients={clients}"]);
        var failure = await Assert.ThrowsAsync<StartupException>(() => stopped.PrepareAsync());
        Assert.Contains("Accounts__Tokens__IntrospectionClients", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("another secret", failure.Message, StringComparison.Ordinal);
    }

    private Task<Answer> IntrospectAsync(string token, string credentials, ApiClient? client = null) => (client ?? user).PostAsync(
        Path, new { token }, ("Authorization", $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}"));
}
