using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>Where an access token may stand in a request: in the one header.</summary>
public sealed class BearerHeaderTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Me = "/api/auth/me/";
    private readonly ApiClient client = shared.Server.Client();
    private string access = null!;

    public async ValueTask InitializeAsync()
    {
        await client.SignInSomebodyAsync();
        access = client.Access!;
        client.Access = null;
        client.Cookies.Clear();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("Bearer {0}")]
    [InlineData("bearer {0}")]
    [InlineData("BEARER   {0} ")]
    public async Task AT_09_The_header_signs_in_whatever_its_case(string header) =>
        Assert.Equal(200, (await client.GetAsync(Me, ("Authorization", Filled(header)))).Status);

    [Theory]
    [InlineData("?access_token={0}")]
    [InlineData("?token={0}&access={0}&authorization=Bearer%20{0}")]
    public async Task AT_09_A_token_in_the_address_is_ignored(string query) => AssertRefused(await client.GetAsync(Me + Filled(query)), "not_authenticated");

    [Fact]
    public async Task AT_09_A_token_in_a_form_or_a_cookie_is_ignored()
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["access_token"] = access });
        AssertRefused(await client.SendAsync(HttpMethod.Get, Me, form), "not_authenticated");
        AssertRefused(await client.GetAsync(Me, ("Cookie", $"access_token={access}; access={access}; Authorization=Bearer {access}")), "not_authenticated");
    }

    [Theory]
    [InlineData("{0}", "not_authenticated")]
    [InlineData("Token {0}", "not_authenticated")]
    [InlineData("Basic {0}", "not_authenticated")]
    [InlineData("Bearer{0}", "not_authenticated")]
    [InlineData("Bearer", "bad_authorization_header")]
    [InlineData("Bearer {0} {0}", "bad_authorization_header")]
    [InlineData("Bearer {0}, Bearer {0}", "bad_authorization_header")]
    [InlineData("Bearer \"{0}\"", "token_not_valid")]
    public async Task AT_09_Anything_else_in_the_header_is_no_token(string header, string code) =>
        AssertRefused(await client.GetAsync(Me, ("Authorization", Filled(header))), code);

    [Theory]
    [InlineData("Bearer {0}", "Bearer {0}")]
    [InlineData("Bearer {0}", "Basic abc")]
    [InlineData("Token abc", "Bearer {0}")]
    public async Task AT_09_Two_headers_are_refused(string first, string second)
    {
        await using var connection = await RawConnection.OpenAsync(shared.Server.Address);
        await connection.SendAsync($"GET {Me} HTTP/1.1\r\nHost: localhost\r\nAuthorization: {Filled(first)}\r\nAuthorization: {Filled(second)}\r\nConnection: close\r\n\r\n");
        var answer = await connection.ReadToEndAsync();
        Assert.StartsWith("HTTP/1.1 401 ", answer, StringComparison.Ordinal);
        Assert.Contains("token_not_valid", answer, StringComparison.Ordinal);
    }

    private string Filled(string header) => header.Replace("{0}", access, StringComparison.Ordinal);

    private static void AssertRefused(Answer answer, string code)
    {
        Assert.Equal((401, code), (answer.Status, answer["code"]));
        Assert.Equal("Bearer realm=\"api\"", answer.Header("WWW-Authenticate"));
    }
}
