using Accounts.Tests.Passwords;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailChange;

/// <summary>Asking for another address: who may, and what the answer and the mails tell.</summary>
public sealed class EmailChangeTests(SharedServer shared, Postgres postgres) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task EV_05_A_stolen_access_token_alone_changes_no_address()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.AgeProofAsync(server);
        (await client.AskChangeAsync(Some.Email())).AssertRefused(403, "reauthentication_required");
        (await client.AskChangeAsync(Some.Email(), Some.OtherPassword)).AssertBody(400, """{"password":["Your password was entered incorrectly. Please enter it again."]}""");
        await server.Database.WorkedOffAsync();
        Assert.Equal(0, await server.Database.LiveTokensAsync(person, "change"));
        (await client.AskChangeAsync(Some.Email(), person.Password)).AssertBody(200, EmailChangeSteps.Asked);
        await server.Database.WorkedOffAsync();
        Assert.Equal(1, await server.Database.LiveTokensAsync(person, "change"));
        client.Access = null;
        (await client.AskChangeAsync(Some.Email(), person.Password)).AssertRefused(401, "not_authenticated");
    }

    [Fact]
    public async Task EV_05_Wrong_passwords_count_as_failed_sign_ins()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.AskChangeAsync(Some.Email(), "guess");
        await server.Database.CountedAsync(person, "sign_in_failed", 1);
    }

    [Fact]
    public async Task All_fields_at_fault_are_told_at_once()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        (await client.PostAsync("/api/auth/email/change/", new { password = "" })).AssertBody(400, """{"new_email":["This field is required."],"password":["This field may not be blank."]}""");
        (await client.AskChangeAsync("nobody")).AssertBody(400, """{"new_email":["Enter a valid email address."]}""");
        (await client.PostAsync("/api/auth/email/change/confirm/", new { })).AssertBody(400, """{"token":["This field is required."]}""");
    }

    [Fact]
    public async Task EV_05_Asking_changes_nothing_and_mails_the_new_address_alone()
    {
        using var client = server.Client();
        var person = await server.RegisterVerifiedAsync(client);
        await client.SignInAsync(person);
        var (before, email) = (await server.Database.UserStateAsync(person), Some.Email());
        await server.ChangeTokenAsync(client, email);
        var mail = Assert.Single(server.Mailbox.To(email));
        Assert.DoesNotContain(person.Username, mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Contains($"{server.Address}confirm-email#token=", mail.Text, StringComparison.Ordinal);
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        Assert.Equal(1, await server.Database.EventsAsync(person, "email_change_requested"));
        Assert.Single(server.Mailbox.To(person.Email));
    }

    [Theory]
    [InlineData("true"), InlineData("email_verified = false"), InlineData("is_active = false"), InlineData("deleted_at = now()")]
    public async Task EV_05_Whoever_has_the_address_the_answer_is_the_same_and_its_owner_is_told(string state)
    {
        using var client = server.Client();
        using var second = server.Client();
        var (person, owner) = (await client.SignInSomebodyAsync(), await second.RegisterSomebodyAsync());
        if (state != "true")
        {
            await server.Database.ChangeAsync(owner, state);
        }
        var (taken, free) = (await client.AskChangeAsync(owner.Email.ToUpperInvariant()), await client.AskChangeAsync(Some.Email()));
        taken.AssertBody(200, EmailChangeSteps.Asked);
        Assert.Equal(free.Visible(), taken.Visible());
        await server.Database.WorkedOffAsync();
        // One each: what is stored of the two tells nothing either.
        Assert.Equal(2, await server.Database.LiveTokensAsync(person, "change"));
        var mail = await server.Mailbox.WaitAsync(owner.Email, 2);
        Assert.StartsWith("Somebody wants to use your email address", mail.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(person.Username, mail.Text + mail.Html, StringComparison.Ordinal);
        Assert.Equal((1, 2), (await server.Database.EventsAsync(owner, "address_wanted"), await server.Database.EventsAsync(person, "email_change_requested")));
    }

    [Fact]
    public async Task EV_05_What_was_asked_for_before_all_sessions_ended_brings_no_mail()
    {
        using var client = server.Client();
        var (person, email) = (await client.SignInSomebodyAsync(), Some.Email());
        await using (var reset = await HeldTransaction.BeginAsync(server.Database))
        {
            await reset.ExecuteAsync("UPDATE users SET sessions_epoch = sessions_epoch + 1 WHERE email = @email", ("email", person.Email));
            (await client.AskChangeAsync(email)).AssertBody(200, EmailChangeSteps.Asked);
            await Until.TrueAsync(async () => await server.Database.BlockedAsync() > 0, "the worker waits for the user");
            await reset.CommitAsync();
        }
        await server.Database.WorkedOffAsync();
        Assert.Equal(0, await server.Database.LiveTokensAsync(person, "change"));
        Assert.Empty(server.Mailbox.To(email));
    }

    [Fact]
    public async Task RL_04_An_address_that_is_asked_for_again_and_again_has_one_mail_a_minute()
    {
        await using var strict = await TestServer.StartAsync(postgres, ("Accounts:Throttling:Enabled", "true"));
        using var client = strict.Client();
        using var second = strict.Client();
        var person = await client.SignInSomebodyAsync();
        var owner = await second.SignInSomebodyAsync();
        var email = Some.Email();
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(200, (await client.AskChangeAsync(email)).Status);
            Assert.Equal(200, (await client.AskChangeAsync(owner.Email)).Status);
            await strict.Database.WorkedOffAsync();
        }
        Assert.Equal(2, await strict.Database.LiveTokensAsync(person, "change"));
        Assert.Equal(1, await strict.Database.EventsAsync(owner, "address_wanted"));
    }
}
