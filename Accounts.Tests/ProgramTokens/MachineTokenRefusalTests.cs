using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>Who gets no token of a program, and in which words they are told.</summary>
public sealed class MachineTokenRefusalTests(ProgramServer shared, Postgres postgres) : IClassFixture<ProgramServer>, IDisposable
{
    private static readonly string Billing = ProgramTokenSteps.Basic("Billing", ProgramServer.Billing);

    private readonly ApiClient program = shared.Server.Client();

    public void Dispose() => program.Dispose();

    [Theory]
    [InlineData("grant_type=client_credentials&scope=admin", 400, "invalid_scope")]
    [InlineData("grant_type=client_credentials&scope=reports+others", 400, "invalid_scope")]
    [InlineData("grant_type=client_credentials&scope=Reports", 400, "invalid_scope")]
    [InlineData("grant_type=password&username=ann&password=x", 400, "unsupported_grant_type")]
    [InlineData("grant_type=CLIENT_CREDENTIALS", 400, "unsupported_grant_type")]
    [InlineData("grant_type=refresh_token", 400, "unsupported_grant_type")]
    [InlineData("", 400, "invalid_request")]
    [InlineData("grant_type=", 400, "invalid_request")]
    [InlineData("scope=reports", 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&grant_type=client_credentials", 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&client_id=Billing&client_secret=x", 400, "invalid_request")]
    [InlineData("grant_type=client_credentials&scope=%00", 400, "invalid_request")]
    public async Task SG_20_What_is_wrong_is_told_in_the_words_of_the_RFC(string body, int status, string error)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        Refused(await program.AskMachineTokenAsync(Billing, content), status, error);
    }

    [Theory]
    [InlineData("""{"grant_type":["client_credentials"]}""", "application/json", 400), InlineData("""{"grant_type":null}""", "application/json", 400), InlineData("[]", "application/json", 400), InlineData("{", "application/json", 400)]
    [InlineData("""{"grant_type":"client_credentials","grant_type":"client_credentials"}""", "application/json", 400), InlineData("grant_type=client_credentials", "text/plain", 415)]
    public async Task SG_20_A_body_that_cannot_be_read_is_an_invalid_request(string body, string mediaType, int status)
    {
        using var content = new StringContent(body, Encoding.UTF8, mediaType);
        Refused(await program.AskMachineTokenAsync(Billing, content), status, "invalid_request");
    }

    public static TheoryData<string> Strangers =>
    [
        "", "Basic", "Basic !!!", "Bearer x", ProgramTokenSteps.Basic("Billing", "wrong"), ProgramTokenSteps.Basic("Billing", ""), ProgramTokenSteps.Basic("", ProgramServer.Billing),
        ProgramTokenSteps.Basic("billing", ProgramServer.Billing), ProgramTokenSteps.Basic("nobody", ProgramServer.Billing), ProgramTokenSteps.Basic("nightly_job-2", ProgramServer.Billing),
        ProgramTokenSteps.Basic("orders", ProgramServer.Orders), ProgramTokenSteps.Basic("Billing", $"{ProgramServer.Billing}, {ProgramServer.Former}"), ProgramTokenSteps.Basic("Billing", ProgramServer.Billing[..^1]),
        ProgramTokenSteps.Basic("Billing", new string('x', 5000)), $"Basic {Convert.ToBase64String("Billing"u8)}",
    ];

    [Theory, MemberData(nameof(Strangers))]
    public async Task SG_20_Nobody_but_a_client_gets_one(string credentials)
    {
        using var content = ProgramTokenSteps.Body("application/x-www-form-urlencoded", ("grant_type", "client_credentials"));
        var answer = await program.SendAsync(HttpMethod.Post, ProgramTokenSteps.Token, content, credentials.Length > 0 ? [("Authorization", credentials)] : []);
        Refused(answer, 401, "invalid_client");
        Assert.Equal("Basic realm=\"token\"", answer.Header("WWW-Authenticate"));
        using var inBody = ProgramTokenSteps.Body("application/x-www-form-urlencoded", ("grant_type", "client_credentials"), ("client_id", "Billing"), ("client_secret", ProgramServer.Billing));
        Refused(await program.SendAsync(HttpMethod.Post, ProgramTokenSteps.Token, inBody), 401, "invalid_client");
    }

    [Fact]
    public async Task SG_20_Who_guesses_waits_before_anything_is_compared()
    {
        await using var limited = await TestServer.StartAsync(postgres, [.. ProgramServer.Settings, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:OthersPerMinute", "3")]);
        using var client = limited.Client();
        foreach (var status in new[] { 401, 401, 401, 429 })
        {
            using var content = ProgramTokenSteps.Body("application/json", ("grant_type", "client_credentials"));
            Assert.Equal(status, (await client.AskMachineTokenAsync(ProgramTokenSteps.Basic("Billing", "wrong"), content)).Status);
        }
        using var right = ProgramTokenSteps.Body("application/json", ("grant_type", "client_credentials"));
        var answer = await client.AskMachineTokenAsync(Billing, right);
        Refused(answer, 429, "temporarily_unavailable", "throttled");
        Assert.NotNull(answer.Header("Retry-After"));
    }

    private static void Refused(Answer answer, int status, string error, string? code = null)
    {
        Assert.True(answer.Status == status, answer.ToString());
        Assert.Equal(error, answer["error"]);
        Assert.NotNull(answer["code"] ?? code);
        Assert.Matches("^[ !#-\\[\\]-~]+$", answer["error_description"]);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Null(answer["access_token"]);
    }
}
