using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

[Trait("Pace", "long")]
public sealed class AdminCheckTests(Postgres postgres)
{
    [Fact]
    public async Task CF_01_An_administrator_sees_what_the_doctor_finds_and_nobody_else_does()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var client = server.Client();
        await server.VerifiedAsync(client);
        Assert.Equal(403, (await client.GetAsync("/api/admin/check/")).Status);
        await server.SignInAdministratorAsync(client);
        var answer = await client.GetAsync("/api/admin/check/");
        Assert.Equal((200, false), (answer.Status, answer.Json.GetProperty("ok").GetBoolean()));
        var levels = answer.Json.GetProperty("findings").EnumerateArray().ToLookup(finding => finding.GetProperty("check").GetString()!, finding => finding.GetProperty("level").GetString());
        // It asks itself, and the tests have no limits.
        Assert.Equal(("ok", "ok", "problem"), (levels["public_url"].Single(), levels["database"].Single(), levels["throttling"].Single()));
    }
}
