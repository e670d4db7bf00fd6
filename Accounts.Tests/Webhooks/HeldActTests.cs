using System.Diagnostics;
using Accounts.Tests.Admin;
using Accounts.Tests.Profile;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Webhooks;

/// <summary>An act that takes long to be committed, while others begin after it and are through before.</summary>
[Trait("Pace", "long")]
public sealed class HeldActTests(Postgres postgres)
{
    /// <summary>At the commit: all that the act writes is there by then, and nobody else sees it.</summary>
    private const string Hold = """
        CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(10); RETURN NULL; END $$;
        CREATE CONSTRAINT TRIGGER hold AFTER INSERT ON security_events DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.kind = 'profile_changed') EXECUTE FUNCTION hold()
        """;

    /// <summary>A number that were given inside its transaction would be overtaken, and nobody would read it.</summary>
    [Fact]
    public async Task WH_01_An_act_whose_transaction_is_open_for_ten_seconds_while_others_commit_is_numbered_behind_them_read_and_told()
    {
        await using var ear = await WebhookEar.StartAsync();
        await using var server = await TestServer.StartOnAsync($"{await postgres.CreateDatabaseAsync()};Command Timeout=60", ear.Receiver("app"));
        using var admin = server.Client();
        using var slow = server.Client();
        await server.SignInAdministratorAsync(admin);
        var late = await server.IdOfAsync(await slow.SignInSomebodyAsync());
        await server.Database.ExecuteAsync(Hold);

        var began = Stopwatch.GetTimestamp();
        var held = slow.PatchMeAsync(new { first_name = "Late" });
        var (overtaking, read) = (new List<Guid>(), 0L);
        for (; !held.IsCompleted; await Task.Delay(500))
        {
            using var client = server.Client();
            overtaking.Add(await server.IdOfAsync(await client.RegisterSomebodyAsync()));
            if (overtaking.Count <= 5)
            {
                await ear.WaitAsync(overtaking[^1], 1);
                read = (await admin.GetAsync($"{EventSteps.Events}?after={read}")).Results().Numbers().Max();
                Assert.False(held.IsCompleted);
            }
        }
        Assert.Equal(200, (await held).Status);
        Assert.InRange(Stopwatch.GetElapsedTime(began), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60));

        // Who has read on meanwhile reads it now, and once.
        await server.NumberEventsAsync();
        var behind = (await admin.GetAsync($"{EventSteps.Events}?after={read}&user={late}")).Results();
        Assert.Equal(["profile_changed"], behind.Kinds());
        Assert.Equal(["user.registered", "session.started", "user.updated"], (await ear.WaitAsync(late, 3)).Select(webhook => webhook.Type));
        foreach (var user in overtaking)
        {
            Assert.Single(await ear.WaitAsync(user, 1));
        }
        Assert.Equal(1, await server.Database.CountAsync("security_events l", "l.kind = 'profile_changed' AND EXISTS (SELECT FROM security_events e WHERE e.at > l.at AND e.number < l.number)"));
    }
}
