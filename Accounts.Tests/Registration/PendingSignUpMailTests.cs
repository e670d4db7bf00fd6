using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>The mails of sign-ups that wait: who asks for one gets it, whatever strangers ask for.</summary>
[Trait("Pace", "long")]
public sealed class PendingSignUpMailTests(PendingSignUpMailTests.Limited shared) : IClassFixture<PendingSignUpMailTests.Limited>
{
    private readonly TestServer server = shared.Server;

    public sealed class Limited(Postgres postgres) : SharedServer(
        postgres, ("Accounts:Registration:HideExistingAccounts", "true"), ("Accounts:Throttling:Enabled", "true"),
        ("Accounts:Throttling:RegistrationsPerHour", "1000"), ("Accounts:Throttling:OthersPerMinute", "1000"));

    [Fact]
    public async Task SG_19_A_mail_asked_for_again_brings_another_link_and_a_day_more_and_three_live_side_by_side()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var first = await server.Mailbox.TokenAsync(person.Email);
        await server.Database.ExecuteAsync("UPDATE pending_sign_ups SET expires_at = clock_timestamp() + interval '1 hour' WHERE email = @email", ("email", person.Email));
        for (var mail = 2; mail <= 4; mail++)
        {
            await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
            Assert.Equal(200, (await client.ResendAsync(person.Email)).Status);
            await server.Mailbox.WaitAsync(person.Email, mail);
        }
        Assert.Equal(1, await server.Database.CountAsync("pending_sign_ups", "email = @email AND expires_at > clock_timestamp() + interval '23 hours'", ("email", person.Email)));
        (await client.VerifyAsync(first)).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, Mailbox.CodeOf(server.Mailbox.To(person.Email)[1]))).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    [Theory]
    [InlineData(""), InlineData("+shop")]
    public async Task XA_10_Strangers_who_sign_up_with_an_address_keep_no_mail_away_that_its_owner_asks_for(string tag)
    {
        using var stranger = server.Client();
        using var owner = server.Client();
        var name = Some.Username();
        for (var i = 0; i < 12; i++)
        {
            Assert.Equal(201, (await stranger.RegisterAsync(Some.Username(), Some.Email(name + (tag.Length > 0 ? $"+{i}" : "")))).Status);
            await server.Database.WorkedOffAsync();
            await server.Database.ExecuteAsync("UPDATE throttle_counters SET expires_at = expires_at - interval '61 minutes'");
        }
        var person = new Person(Some.Username(), Some.Email(name + tag), Some.Password);
        Assert.Equal(201, (await owner.RegisterAsync(person)).Status);
        var before = server.Mailbox.To(person.Email).Count;
        Assert.Equal(200, (await owner.ResendAsync(person.Email)).Status);
        var mail = await server.Mailbox.WaitAsync(person.Email, before + 1);
        Assert.Equal(200, (await owner.VerifyByCodeAsync(person.Email, Mailbox.CodeOf(mail))).Status);
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task XA_10_Whoever_sends_strangers_away_gets_the_mails_of_a_sign_up_of_ones_own(bool hiding)
    {
        await using var open = hiding ? null : await TestServer.StartOnAsync(
            server.Database.ConnectionString, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:RegistrationsPerHour", "1000"));
        var here = open ?? server;
        using var stranger = here.Client();
        using var owner = here.Client();
        var person = Some.Person();
        for (var mail = 1; mail <= 5; mail++)
        {
            Assert.Equal(201, (await stranger.RegisterAsync(person with { Username = Some.Username() })).Status);
            Assert.Equal(200, (await owner.RejectAsync(await here.Mailbox.TokenAsync(person.Email, mail))).Status);
        }
        Assert.Equal(201, (await owner.RegisterAsync(person)).Status);
        var code = Mailbox.CodeOf(await here.Mailbox.WaitAsync(person.Email, 6));
        Assert.Equal(200, (await owner.VerifyByCodeAsync(person.Email, code)).Status);
    }

    [Fact]
    public async Task SG_19_A_mail_that_is_asked_for_keeps_the_sign_up_of_the_browser_that_asks_whichever_it_was_made_for()
    {
        using var client = server.Client();
        using var stranger = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await client.RegisterSomebodyAsync();
        Assert.Equal(201, (await stranger.RegisterAsync(person with { Username = Some.Username() })).Status);
        await server.Mailbox.WaitAsync(person.Email);
        await server.Database.ExecuteAsync("UPDATE pending_sign_ups SET expires_at = clock_timestamp() + interval '1 hour' WHERE email = @email", ("email", person.Email));
        Assert.Equal(200, (await client.ResendAsync(person.Email)).Status);
        var mail = await server.Mailbox.WaitAsync(person.Email, 2);
        Assert.Equal(2, await server.Database.CountAsync("pending_sign_ups", "email = @email AND expires_at > clock_timestamp() + interval '23 hours'", ("email", person.Email)));
        Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, Mailbox.CodeOf(mail))).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task SG_19_A_right_code_stays_good_however_often_the_name_is_taken()
    {
        using var client = server.Client();
        using var quicker = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        var other = person with { Email = Some.Email() };
        Assert.Equal(201, (await quicker.RegisterAsync(other)).Status);
        Assert.Equal(200, (await quicker.VerifyAsync(await server.Mailbox.TokenAsync(other.Email))).Status);
        for (var i = 0; i < 6; i++)
        {
            (await client.VerifyByCodeAsync(person.Email, code)).AssertBody(400, PendingSignUpTests.Taken);
        }
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { email = person.Email, code, username = Some.Username() })).Status);
    }

    [Fact]
    public async Task SG_07_A_browser_that_signs_up_twice_confirms_either_by_its_code()
    {
        using var client = server.Client();
        Person[] people = [await client.RegisterSomebodyAsync(), await client.RegisterSomebodyAsync()];
        foreach (var person in people)
        {
            var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
            Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, code)).Status);
            Assert.Equal(200, (await client.LoginAsync(person)).Status);
        }
    }

    [Fact]
    public async Task SG_07_Who_signs_up_again_at_once_confirms_the_latter_by_the_code_of_the_only_mail()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var code = Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email));
        var again = person with { Username = Some.Username(), Password = Some.OtherPassword };
        Assert.Equal(201, (await client.RegisterAsync(again)).Status);
        await server.Database.WorkedOffAsync();
        Assert.Single(server.Mailbox.To(person.Email));
        Assert.Equal(200, (await client.VerifyByCodeAsync(person.Email, code)).Status);
        Assert.Equal(200, (await client.LoginAsync(again)).Status);
    }

    [Fact]
    public async Task XA_02_A_wrong_code_takes_as_long_where_none_can_be_tried()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        await server.Mailbox.WaitAsync(person.Email);
        await AlikeTimes.AssertAsync(
            5, () => FailAsync(client, person.Email), () => FailAsync(client, Some.Email()));
    }

    private static async Task FailAsync(ApiClient client, string email) => (await client.VerifyByCodeAsync(email, "000000x")).AssertRefused(400, "invalid_token");
}
