using System.Globalization;
using Accounts.Tests.Providers;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Reauthentication;

/// <summary>How often a code is mailed that proves once more who somebody is.</summary>
public sealed class ReproofMailLimitTests(ReproofMailLimitTests.Limited shared) : IClassFixture<ReproofMailLimitTests.Limited>
{
    private readonly TestServer server = shared.Server;

    public sealed class Limited(Postgres postgres) : SocialServer(postgres, ("Accounts:Throttling:Enabled", "true"));

    [Fact]
    public async Task RL_04_Who_is_signed_in_and_asks_for_a_code_again_too_soon_is_told_how_long_to_wait()
    {
        using var client = server.Client();
        var identity = Identity.OfGitHub();
        client.Access = (await client.SignInAsync(shared.Provider, identity)).Access;
        (await client.PostAsync("/api/auth/reauthenticate/mail/")).AssertBody(200, """{"detail":"A code has been sent to your address."}""");
        var answer = await client.PostAsync("/api/auth/reauthenticate/mail/");
        answer.AssertRefused(429, "throttled");
        Assert.InRange(int.Parse(answer["retry_after"]!, CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(answer["retry_after"], answer.Header("Retry-After"));
        Assert.Equal(1, await server.Database.CountAsync("email_verification_tokens", "email = @email AND purpose = 'reauthenticate'", ("email", identity.Email)));
    }
}
