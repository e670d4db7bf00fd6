using Accounts.Development.Mailbox;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

public sealed class VerificationResendTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task Three_links_live_side_by_side_and_the_fourth_kills_the_oldest()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var mails = await MailsAsync(client, person, 4);
        Assert.Equal(3, await AliveAsync(person));
        (await client.VerifyAsync(Mailbox.TokenOf(mails[0]))).AssertRefused(400, "invalid_token");
        (await client.VerifyByCodeAsync(person.Email, Mailbox.CodeOf(mails[0]))).AssertRefused(400, "invalid_token");
        foreach (var mail in mails[1..])
        {
            Assert.Equal(200, (await client.CheckAsync(Mailbox.TokenOf(mail))).Status);
        }
        Assert.False(await server.Database.IsVerifiedAsync(person));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Any_living_link_verifies_and_the_others_then_answer_that_it_is_done(int chosen)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var mails = await MailsAsync(client, person, 3);
        Assert.Equal(200, (await client.VerifyAsync(Mailbox.TokenOf(mails[chosen]))).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
        Assert.All(await Task.WhenAll(mails.Select(mail => client.VerifyAsync(Mailbox.TokenOf(mail)))), answer => Assert.Equal(200, answer.Status));
        Assert.Equal(1, await server.Database.EventsAsync(person, "email_verified"));
    }

    /// <summary>So many mails in all, the registration's first.</summary>
    private async Task<List<MailboxFolder.Delivered>> MailsAsync(ApiClient client, Person person, int count)
    {
        await server.Mailbox.WaitAsync(person.Email);
        for (var mails = 2; mails <= count; mails++)
        {
            (await client.ResendAsync(person.Email)).AssertBody(200, """{"detail":"ok"}""");
            await server.Mailbox.WaitAsync(person.Email, mails);
        }
        return server.Mailbox.To(person.Email);
    }

    [Fact]
    public async Task Many_resends_at_once_leave_three_links_alive_at_most()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => client.ResendAsync(person.Email)));
        Assert.All(answers, answer => Assert.Equal(200, answer.Status));
        await server.Database.WorkedOffAsync();
        Assert.InRange(await AliveAsync(person), 2, 3);
    }

    private Task<long> AliveAsync(Person person) => server.Database.CountAsync(
        "email_verification_tokens", "email = @email AND used_at IS NULL AND expires_at > clock_timestamp()", ("email", person.Email));

    [Theory]
    [InlineData(null)]
    [InlineData("email_verified = true")]
    [InlineData("is_active = false")]
    [InlineData("deleted_at = now()")]
    public async Task Whoever_gets_no_mail_reads_the_same_answer(string? change)
    {
        using var client = server.Client();
        var person = change is null ? Some.Person() : await client.RegisterSomebodyAsync();
        if (change is not null)
        {
            await server.Mailbox.WaitAsync(person.Email);
            await server.Database.ChangeAsync(person, change);
        }
        (await client.ResendAsync(person.Email)).AssertBody(200, """{"detail":"ok"}""");
        await server.Database.WorkedOffAsync();
        Assert.Equal(change is null ? 0 : 1, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email)));
    }

    [Fact]
    public async Task A_resend_goes_to_the_stored_spelling_and_a_bad_address_is_a_field_error()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        Assert.Equal(200, (await client.ResendAsync(person.Email.ToUpperInvariant())).Status);
        await server.Database.WorkedOffAsync();
        Assert.Equal(2, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email)));
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email.ToUpperInvariant())));
        (await client.ResendAsync("no address")).AssertBody(400, """{"email":["Enter a valid email address."]}""");
    }
}
