using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>The server commits, and the connection is gone before the answer can be read.</summary>
public sealed class LostReplyTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task DU_02_A_registration_whose_answer_was_lost_may_be_tried_again()
    {
        var person = Some.Person();
        await LoseAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password },
            async () => await server.Database.UsersAsync(person.Email) == 1);
        using var client = server.Client();
        (await client.RegisterAsync(person)).AssertBody(400,
            """{"username":["A user with that username already exists."],"email":["user with this email already exists."]}""");
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync(person.Email))).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
        Assert.Equal(1, await server.Database.EventsAsync(person, "registered"));
        Assert.Single(server.Mailbox.To(person.Email));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DU_02_A_verification_whose_answer_was_lost_may_be_tried_again(bool byCode)
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        await LoseAsync("/api/auth/verify-email/", byCode ? new { email = person.Email, code } : new { token },
            () => server.Database.IsVerifiedAsync(person), $"Cookie: registration={client.Cookies["registration"]}");
        var again = byCode ? await client.VerifyByCodeAsync(person.Email, code) : await client.VerifyAsync(token);
        again.AssertBody(200, """{"message":"Email verified"}""");
        Assert.Equal(1, await server.Database.EventsAsync(person, "email_verified"));
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    private async Task LoseAsync(string path, object body, Func<Task<bool>> committed, params string[] headers)
    {
        await using var connection = await RawConnection.OpenAsync(server.Address);
        await connection.PostAsync(path, body, [$"Host: {server.Address.Authority}", .. headers]);
        await Until.TrueAsync(committed, $"{path} commits");
    }
}
