using Accounts.Tests.Support;
using Accounts.Tests.Users;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>Extra fields of a sign-up that waits for its address.</summary>
public sealed class PendingFieldsTests(PendingFieldsTests.Hiding shared) : IClassFixture<PendingFieldsTests.Hiding>
{
    private readonly TestServer server = shared.Server;

    public sealed class Hiding(Postgres postgres) : SharedServer(postgres, ExtraServer.Setting, ("Accounts:Registration:HideExistingAccounts", "true"));

    [Fact]
    public async Task SG_19_Extra_fields_wait_with_the_sign_up_and_are_the_users_where_it_is_confirmed_in_its_browser()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync("""{"company":"Acme","age":42}""");
        Assert.Equal(1, await server.Database.CountAsync("pending_sign_ups", """email = @email AND extra = '{"company":"Acme","age":42}'::jsonb""", ("email", person.Email)));
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync(person.Email))).Status);
        await server.Database.HasExtraAsync(person, """{"company":"Acme","age":42}""");
        Assert.Equal("Acme", (await client.SignInAsync(person)).Json.GetProperty("user").GetProperty("company").GetString());
    }

    [Fact]
    public async Task SG_19_Extra_fields_that_were_typed_in_another_browser_count_for_nothing()
    {
        using var stranger = server.Client();
        using var owner = server.Client();
        var person = await stranger.RegisterSomebodyAsync("""{"company":"Evil"}""");
        var token = await server.Mailbox.TokenAsync(person.Email);
        Assert.Equal(200, (await owner.PostAsync("/api/auth/verify-email/", new { token, username = Some.Username(), password = Some.OtherPassword })).Status);
        await server.Database.HasExtraAsync(person, null);
        Assert.Equal(0, await server.Database.CountAsync("pending_sign_ups", "email = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task XA_02_What_is_wrong_with_them_is_told_for_a_taken_address_as_for_a_free_one()
    {
        using var client = server.Client();
        var owner = Some.Person();
        await client.RegisterAsync(owner, """{"company":"Acme"}""");
        Assert.Equal(200, (await client.VerifyAsync(await server.Mailbox.TokenAsync(owner.Email))).Status);
        var (fresh, taken) = (await client.RegisterAsync(Some.Person(), "{}"), await client.RegisterAsync(Some.Person() with { Email = owner.Email }, "{}"));
        taken.AssertBody(400, """{"company":["This field is required."]}""");
        Assert.Equal(fresh.Visible(), taken.Visible());
    }
}
