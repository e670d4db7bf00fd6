using Accounts.Core.Tokens;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>How long ago somebody has proved who they are.</summary>
internal static class ProofSteps
{
    /// <summary>As if the sign-in had been so long ago; goes on with an access token of a refresh, which says so.</summary>
    /// <param name="client">who is signed in by cookie</param>
    /// <param name="server">there</param>
    /// <param name="by">an interval of PostgreSQL's</param>
    public static async Task AgeProofAsync(this ApiClient client, TestServer server, string by = "10 minutes")
    {
        await server.Session(client.RefreshCookie!).SetAsync($"auth_time = auth_time - interval '{by}'");
        client.Access = (await client.RefreshAsync()).Access;
    }

    /// <summary>Goes on with an access token in which a proof by a second factor stands.</summary>
    public static async Task ProveAgainAsync(this ApiClient client, string code)
    {
        var answer = await client.ReauthenticateAsync(new { code });
        Assert.True(answer.Status == 200, answer.ToString());
        client.Access = answer.Access;
    }

    /// <summary>As if the client had proved a second factor, a moment ago or longer, where that is not what a test is about.</summary>
    public static void HasProved(this TestServer server, ApiClient client, TimeSpan ago = default)
    {
        var claims = SecondFactorSteps.ClaimsOf(client.Access!);
        Guid Id(string name) => claims.GetProperty(name).GetGuid();
        var subject = new AccessTokenSubject(Id("sub"), Id("sid"), DateTimeOffset.UtcNow - ago, ["pwd", "otp", AuthenticationLevel.Multiple], [], EmailVerified: true);
        client.Access = server.Services.GetRequiredService<AccessTokenSigner>().Sign(subject, TimeSpan.FromMinutes(10));
    }

    public static Task<Answer> ReauthenticateAsync(this ApiClient client, object body) => client.PostAsync("/api/auth/reauthenticate/", body);
}
