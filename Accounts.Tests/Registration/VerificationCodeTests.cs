using System.Globalization;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

public sealed class VerificationCodeTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task The_code_of_the_mail_verifies_with_the_address_in_any_case()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        var answer = await client.VerifyByCodeAsync($" {person.Email.ToUpperInvariant()} ", code);
        answer.AssertBody(200, """{"message":"Email verified"}""");
        Assert.True(await server.Database.IsVerifiedAsync(person));
        Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, code)).Status);
        Assert.Equal(1, await server.Database.EventsAsync(person, "email_verified"));
    }

    [Theory]
    [InlineData("{0} {1}"), InlineData("{0}-{1}"), InlineData(" {0}\u00a0{1} ")]
    public async Task A_code_may_be_typed_in_groups(string groups)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        var typed = string.Format(CultureInfo.InvariantCulture, groups, code[..3], code[3..]);
        Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, typed)).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task An_address_alone_is_told_that_the_code_is_missing_and_nothing_at_all_that_the_token_is()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        (await client.PostAsync("/api/auth/verify-email/", new { email = person.Email })).AssertBody(400, """{"code":["This field is required."]}""");
        (await client.PostAsync("/api/auth/verify-email/", new { })).AssertBody(400, """{"token":["This field is required."]}""");
        Assert.False(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task A_code_is_stored_only_under_the_servers_key()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        var stored = await server.Database.ScalarAsync<byte[]>("SELECT code_hash FROM email_verification_tokens WHERE email = @email", ("email", person.Email));
        Assert.NotEqual(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(code)), stored);
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "recipient = @email AND payload IS NOT NULL AND state = 'sent'", ("email", person.Email)));
    }

    [Fact]
    public async Task Five_wrong_codes_end_the_code_and_the_link_still_works()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        for (var attempt = 1; attempt <= 5; attempt++)
        {
            (await client.VerifyByCodeAsync(person.Email, Wrong(code))).AssertRefused(400, "invalid_token");
            Assert.Equal(attempt, await AttemptsAsync(person));
        }
        (await client.VerifyByCodeAsync(person.Email, code)).AssertRefused(400, "invalid_token");
        Assert.False(await server.Database.IsVerifiedAsync(person));
        Assert.Equal(5, await AttemptsAsync(person));
        Assert.Equal(200, (await client.VerifyAsync(token)).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task The_fifth_guess_may_still_be_the_right_one()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            (await client.VerifyByCodeAsync(person.Email, Wrong(code))).AssertRefused(400, "invalid_token");
        }
        Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, code)).Status);
        Assert.True(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task Forty_guesses_at_once_are_five_guesses()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.VerifyByCodeAsync(person.Email, Wrong(code))));
        Assert.All(answers, answer => answer.AssertRefused(400, "invalid_token"));
        Assert.Equal(5, await AttemptsAsync(person));
        (await client.VerifyByCodeAsync(person.Email, code)).AssertRefused(400, "invalid_token");
        Assert.False(await server.Database.IsVerifiedAsync(person));
    }

    [Fact]
    public async Task The_code_of_one_user_is_of_no_use_for_another_and_an_unknown_address_reads_the_same()
    {
        using var client = server.Client();
        var (one, other) = (await client.RegisterSomebodyAsync(), await client.RegisterSomebodyAsync());
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(one.Email));
        Assert.NotEqual(code, Mailbox.CodeOf(await server.Mailbox.WaitAsync(other.Email)));
        var wrong = await client.VerifyByCodeAsync(other.Email, code);
        wrong.AssertRefused(400, "invalid_token");
        Assert.Equal(wrong.Visible(), (await client.VerifyByCodeAsync(Some.Email(), code)).Visible());
        Assert.False(await server.Database.IsVerifiedAsync(one));
        Assert.False(await server.Database.IsVerifiedAsync(other));
    }

    private Task<int> AttemptsAsync(Person person) =>
        server.Database.ScalarAsync<int>("SELECT max(attempts) FROM email_verification_tokens WHERE email = @email", ("email", person.Email));

    private static string Wrong(string code) =>
        ((int.Parse(code, CultureInfo.InvariantCulture) + 1) % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
}
