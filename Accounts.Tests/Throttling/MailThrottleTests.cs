using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>How many mails a stranger can have sent to somebody.</summary>
[Trait("Pace", "long")]
public sealed class MailThrottleTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient stranger = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(
            postgres, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:RegistrationsPerHour", "1000"), ("Accounts:Throttling:OthersPerMinute", "2000"),
            ("Accounts:Throttling:HashesWaitingPerNetwork", "100"));
        stranger = server.Client();
    }

    public ValueTask DisposeAsync()
    {
        stranger.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task RL_04_A_hundred_requests_in_all_spellings_of_an_address_send_one_mail_of_each_purpose_in_a_minute()
    {
        string[] spellings = ["ada@example.test", "ADA@example.test", "ada@EXAMPLE.test", "ada+shop@example.test", "Ada+x+y@example.test"];
        foreach (var owned in new[] { spellings[0], spellings[3] })
        {
            Assert.Equal(201, (await stranger.RegisterAsync(Some.Username(), owned)).Status);
        }
        await server.Database.ExecuteAsync("UPDATE users SET email_verified = true; DELETE FROM outbox_messages; DELETE FROM throttle_counters");
        await using var hiding = await TestServer.StartOnAsync(
            server.Database.ConnectionString, ("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:RegistrationsPerHour", "1000"),
            ("Accounts:Throttling:OthersPerMinute", "2000"), ("Accounts:Throttling:HashesWaitingPerNetwork", "100"), ("Accounts:Registration:HideExistingAccounts", "true"));
        stranger.Address = hiding.Address;
        for (var i = 0; i < 50; i++)
        {
            var registered = await stranger.RegisterAsync(Some.Username(), spellings[i % 5]);
            registered.AssertBody(201, """{"message":"Registered. Please verify email."}""");
            (await stranger.ResendAsync(spellings[i * 3 % 5])).AssertBody(200, """{"detail":"ok"}""");
            (await stranger.AskResetAsync(spellings[i * 2 % 5])).AssertBody(200, PasswordSteps.Asked);
        }
        Assert.Equal(2, await server.Database.CountAsync("users"));
        await server.Database.WorkedOffAsync();
        Assert.Equal(
            "account_exists ada+, account_exists ada@, reset_password ada+, reset_password ada@, verify_email ada+, verify_email ada+",
            await server.Database.ScalarAsync<string>("SELECT string_agg(template || ' ' || lower(left(recipient, 4)), ', ' ORDER BY template, lower(recipient) COLLATE \"C\") FROM outbox_messages"));
    }

    [Fact]
    public async Task RL_04_Scenario_37_A_thousand_resets_and_resends_in_all_spellings_send_one_mail_each_in_a_minute()
    {
        var person = await stranger.RegisterSomebodyAsync();
        string[] spellings = [person.Email, person.Email.ToUpperInvariant(), person.Email.Replace("example", "eXample", StringComparison.Ordinal)];
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        await Parallel.ForEachAsync(Enumerable.Range(0, 1000), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            Assert.Equal(200, (await (i % 2 == 0 ? stranger.AskResetAsync(spellings[i % 3]) : stranger.ResendAsync(spellings[i % 3]))).Status));
        await server.Database.WorkedOffAsync();
        Assert.Equal(3, await server.Database.CountAsync("outbox_messages"));
        Assert.Equal(3, await server.Database.CountAsync("outbox_messages", "recipient = @to", ("to", person.Email)));
    }

    [Fact]
    public async Task RL_02_Whoever_uses_up_the_mails_of_an_address_does_not_use_up_its_owners()
    {
        using var owner = server.Client();
        var person = await owner.SignInSomebodyAsync();
        await AskTwiceAsync(stranger, person);
        Assert.Equal(1, await server.Database.LiveTokensAsync(person));
        await AskTwiceAsync(owner, person);
        Assert.Equal(2, await server.Database.LiveTokensAsync(person));
        Assert.Equal(2, await server.Database.EventsAsync(person, "password_reset_requested"));
    }

    private async Task AskTwiceAsync(ApiClient client, Person person)
    {
        for (var i = 0; i < 2; i++)
        {
            (await client.AskResetAsync(person.Email)).AssertBody(200, PasswordSteps.Asked);
            await server.Database.WorkedOffAsync();
        }
    }

    [Fact]
    public async Task XA_10_Who_has_just_registered_gets_the_reset_that_is_asked_for()
    {
        var person = await stranger.RegisterSomebodyAsync();
        (await stranger.AskResetAsync(person.Email)).AssertBody(200, PasswordSteps.Asked);
        await server.Mailbox.WaitForResetsAsync(person.Email, 1);
    }

    [Theory]
    [InlineData("", false), InlineData("", true), InlineData("+shop", true)]
    public async Task XA_10_Sign_ups_with_the_tags_of_a_mailbox_keep_neither_its_reset_nor_its_verification_away(string tag, bool verified)
    {
        var name = Some.Username();
        for (var i = 0; i < 12; i++)
        {
            var tagged = Some.Email($"{name}+{i}");
            Assert.Equal(201, (await stranger.RegisterAsync(Some.Username(), tagged)).Status);
            Assert.Equal(400, (await stranger.RegisterAsync(Some.Username(), tagged)).Status);
            await stranger.ResendAsync(tagged);
            await stranger.AskResetAsync(tagged);
            await server.Database.WorkedOffAsync();
            await server.Database.ExecuteAsync("UPDATE throttle_counters SET expires_at = expires_at - interval '61 minutes'");
        }
        var person = new Person(Some.Username(), Some.Email(name + tag), Some.Password);
        Assert.Equal(201, (await stranger.RegisterAsync(person)).Status);
        Assert.Equal(tag.Length > 0 ? 0 : 1, await server.Database.CountAsync("outbox_messages", "recipient = @to", ("to", person.Email)));
        await server.Database.ChangeAsync(person, $"email_verified = {verified}");
        await stranger.AskResetAsync(person.Email);
        await server.Mailbox.WaitForResetsAsync(person.Email, 1);
        Assert.Equal(10, await server.Database.CountAsync("outbox_messages", "template = 'reset_password' AND recipient LIKE @tags", ("tags", $"{name}+%@%")) - (tag.Length > 0 ? 1 : 0));
    }

    [Fact]
    public async Task XA_10_Tags_that_anybody_can_make_up_get_the_mails_of_one_address_together()
    {
        var name = Some.Username();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(201, (await stranger.RegisterAsync(Some.Username(), Some.Email($"{name}+{i}"))).Status);
        }
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "recipient LIKE @tags", ("tags", $"{name}+%@%")));
    }

    [Fact]
    public async Task RL_04_Five_mails_in_an_hour_and_ten_in_a_day_are_the_most()
    {
        var person = await stranger.RegisterSomebodyAsync();
        Assert.Equal([2, 3, 4, 5, 5, 5], await ResendEveryAsync("61 seconds", person, 6));
        Assert.Equal([6], await ResendEveryAsync("1 hour", person, 1));
        Assert.Equal([7, 8, 9, 10, 10], await ResendEveryAsync("61 seconds", person, 5));
        Assert.Equal([10, 10], await ResendEveryAsync("1 hour", person, 2));
        Assert.Equal([11], await ResendEveryAsync("22 hours", person, 1));
    }

    [Fact]
    public async Task RL_04_Requests_at_once_send_one_mail_too()
    {
        var person = await stranger.RegisterSomebodyAsync();
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => stranger.ResendAsync(person.Email)));
        Assert.All(answers, answer => answer.AssertBody(200, """{"detail":"ok"}"""));
        await server.Database.WorkedOffAsync();
        Assert.Equal(2, await server.Database.CountAsync("outbox_messages"));
    }

    [Fact]
    public async Task Resends_for_many_users_at_once_do_not_wait_for_each_others_connections()
    {
        var people = new List<Person>();
        for (var i = 0; i < 60; i++)
        {
            people.Add(await stranger.RegisterSomebodyAsync());
        }
        await server.Database.ExecuteAsync("DELETE FROM throttle_counters");
        var answers = await Task.WhenAll(people.Select(person => stranger.ResendAsync(person.Email)));
        Assert.All(answers, answer => answer.AssertBody(200, """{"detail":"ok"}"""));
        await server.Database.WorkedOffAsync();
        Assert.Equal(120, await server.Database.CountAsync("outbox_messages"));
    }

    /// <summary>How many mails there are after each of some resends, between which time passes.</summary>
    private async Task<List<long>> ResendEveryAsync(string interval, Person person, int times)
    {
        var mails = new List<long>();
        for (var i = 0; i < times; i++)
        {
            await server.Database.ExecuteAsync($"UPDATE throttle_counters SET expires_at = expires_at - interval '{interval}'");
            await stranger.ResendAsync(person.Email);
            await server.Database.WorkedOffAsync();
            mails.Add(await server.Database.CountAsync("outbox_messages"));
        }
        return mails;
    }
}
