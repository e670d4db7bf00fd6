using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>Bytes that are no UTF-8 in headers that others write: they lock nobody out.</summary>
public sealed class StrayByteTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string FrontEnd = "http://localhost:5173";

    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("Cookie: campaign=Unders\u00f8gelse")]
    [InlineData("Referer: https://app.example.test/caf\u00e9")]
    [InlineData("User-Agent: Caf\u00e9/1.0")]
    [InlineData("X-User-Name: S\u00f8rina")]
    [InlineData("X-Forwarded-For: \u00e9")]
    [InlineData("X-\u00c3: a", 400)]
    public async Task XA_12_A_request_with_a_byte_that_is_no_UTF_8_is_answered_as_without(string header, int status = 200)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var answer = await MeAsync(client, header);
        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
        Assert.Equal(status == 200, answer.Contains($"\"email\":\"{person.Email}\"", StringComparison.Ordinal));
        Assert.Equal(status == 200, answer.Contains($"Access-Control-Allow-Origin: {FrontEnd}\r\n", StringComparison.Ordinal));
    }

    private async Task<string> MeAsync(ApiClient client, string header)
    {
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.SendAsync(
            $"GET /api/auth/me/ HTTP/1.1\r\nHost: localhost\r\nOrigin: {FrontEnd}\r\nAuthorization: Bearer {client.Access}\r\n{header}\r\nConnection: close\r\n\r\n");
        return await connection.ReadToEndAsync();
    }

    [Fact]
    public async Task XA_12_The_session_is_found_in_its_cookie_beside_such_a_one_of_somebody_else()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync("/api/auth/token/refresh/", new { }, "Host: localhost", $"Cookie: campaign=Unders\u00f8gelse; refresh_token={client.RefreshCookie}; \u00e9=\u00e9");
        Assert.Equal(200, await connection.StatusAsync());
    }

    [Fact]
    public async Task XA_12_A_user_agent_with_such_a_byte_signs_in_and_is_stored_with_a_mark_in_its_place()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, "Host: localhost", "User-Agent: Caf\u00e9/1.0");
        Assert.Equal(200, await connection.StatusAsync());
        Assert.Equal(1, await server.Database.CountAsync(
            "sessions s JOIN users u ON u.id = s.user_id", "u.email = @email AND s.user_agent = @text", ("email", person.Email), ("text", "Caf\ufffd/1.0")));
    }
}
