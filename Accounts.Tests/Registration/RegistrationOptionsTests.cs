using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

public sealed class RegistrationOptionsTests(Postgres postgres)
{
    [Fact]
    public async Task A_closed_sign_up_takes_nobody_and_lets_users_in_as_before()
    {
        await using var open = await TestServer.StartAsync(postgres);
        using var early = open.Client();
        var person = await early.RegisterSomebodyAsync();
        await using var closed = await TestServer.StartOnAsync(open.Database.ConnectionString, ("Accounts:Registration:Open", "false"));
        using var client = closed.Client();
        (await client.RegisterAsync(Some.Person())).AssertRefused(403, "registration_closed");
        Assert.Equal(1, await closed.Database.CountAsync("users"));
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task Where_a_verified_address_is_required_only_the_right_password_is_told_so()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Registration:RequireVerifiedEmail", "true"));
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        (await client.LoginAsync(person with { Password = Some.OtherPassword })).AssertRefused(401, "invalid_credentials");
        (await client.LoginAsync(person)).AssertRefused(403, "email_not_verified");
        Assert.Equal(0, await server.Database.CountAsync("sessions"));
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }
}
