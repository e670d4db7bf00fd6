using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Signing in by a session token, in place of access and refresh tokens.</summary>
internal static class SessionModeSteps
{
    public const string Cookie = "accounts_session";

    private const string Header = "X-Token-Transport";

    public static Task<Answer> LoginAsync(this ApiClient client, Person person, string transport, params (string Name, string Value)[] headers) =>
        client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, [(Header, transport), .. headers]);

    /// <summary>By cookie, and by nothing else.</summary>
    /// <returns>the token</returns>
    public static async Task<string> SignInBySessionAsync(this ApiClient client, Person person)
    {
        client.Access = null;
        var answer = await client.LoginAsync(person, "session");
        Assert.True(answer.Status == 200, answer.ToString());
        return client.SessionToken();
    }

    /// <summary>By Bearer, from a client without cookies.</summary>
    /// <inheritdoc cref="SignInBySessionAsync"/>
    public static async Task<string> SignInBySessionBodyAsync(this ApiClient client, Person person)
    {
        var answer = await client.LoginAsync(person, "session-body");
        Assert.True(answer.Status == 200 && !answer.SetCookies.Any(), answer.ToString());
        return client.Access = answer["session_token"]!;
    }

    public static string SessionToken(this ApiClient client) => client.Cookies[Cookie];

    public static (string, string) AsCookie(string token) => ("Cookie", $"{Cookie}={token}");

    public static (string, string) AsBearer(string token) => ("Authorization", $"Bearer {token}");

    public static Task<Answer> BeginAsync(this ApiClient client, params (string Name, string Value)[] headers) => client.PostAsync("/api/auth/session/", null, headers);
}
