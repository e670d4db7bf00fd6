using System.Text;
using Accounts.Core.MailRequests;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.MailRequests;

/// <summary>Asking for a mail is one insert, whoever the address; a worker finds out the rest.</summary>
[Trait("Pace", "long")]
public sealed class MailRequestTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;
    private ApiClient client = null!;

    public async ValueTask InitializeAsync()
    {
        server = await TestServer.StartAsync(postgres);
        client = server.Client();
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return server.DisposeAsync();
    }

    [Fact]
    public async Task XA_03_An_answer_does_not_wait_for_the_row_of_the_user_and_the_mail_comes_once_it_is_free()
    {
        var person = await client.RegisterSomebodyAsync();
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("SELECT FROM users FOR UPDATE");
            for (var i = 0; i < 2; i++)
            {
                (await client.AskResetAsync(person.Email)).AssertBody(200, PasswordSteps.Asked);
                (await client.ResendAsync(person.Email)).AssertBody(200, """{"detail":"ok"}""");
            }
            Assert.Equal(4, await server.Database.CountAsync("mail_requests"));
        }
        await server.Mailbox.WaitForResetsAsync(person.Email, 1);
        await server.Mailbox.WaitAsync(person.Email, 3);
        await server.Database.WorkedOffAsync();
    }

    [Fact]
    public async Task XA_03_The_table_names_nobody_and_its_rows_are_gone_once_they_are_worked()
    {
        var person = await client.SignInSomebodyAsync();
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await held.ExecuteAsync("SELECT FROM users FOR UPDATE");
            await client.AskResetAsync(person.Email);
            var row = await server.Database.ScalarAsync<string>("SELECT encode(convert_to(r::text, 'UTF8'), 'escape') || encode(payload, 'escape') FROM mail_requests r");
            Assert.DoesNotContain(person.Username, row, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Tests/1.0", row, StringComparison.Ordinal);
            Assert.DoesNotContain(client.Cookies["device"], row, StringComparison.Ordinal);
        }
        await server.Mailbox.WaitForResetsAsync(person.Email, 1);
        await server.Database.WorkedOffAsync();
    }

    [Fact]
    public async Task XA_03_Where_too_many_wait_everybody_is_told_so_whatever_the_address()
    {
        var person = await client.RegisterSomebodyAsync();
        await using (var held = await HeldTransaction.BeginAsync(server.Database))
        {
            await PlantAsync(MailRequestBacklog.Most + 1000, "n", "now()");
            await held.ExecuteAsync("SELECT FROM mail_requests FOR UPDATE");
            await Until.TrueAsync(async () => (await client.AskResetAsync(Some.Email())).Status == 503, "the backlog is full");
            var (known, unknown) = (await client.AskResetAsync(person.Email), await client.ResendAsync(Some.Email()));
            Assert.All(new[] { known, unknown }, answer => answer.AssertRefused(503, "unavailable"));
            Assert.Equal(unknown.Visible(), known.Visible());
            Assert.Equal("5", known.Header("Retry-After"));
            await held.ExecuteAsync("DELETE FROM mail_requests");
            await held.CommitAsync();
        }
        await Until.TrueAsync(async () => (await client.AskResetAsync(person.Email)).Status == 200, "there is room again");
        await server.Mailbox.WaitForResetsAsync(person.Email, 1);
    }

    /// <summary>Asked for last by a known browser and by a network that has not asked before.</summary>
    [Fact]
    public async Task XA_03_A_network_that_asks_a_thousand_times_keeps_nobody_waiting_and_known_browsers_are_first()
    {
        // What nothing here works off, and so waits.
        const string ofNobody = "registration_repeated";
        await PlantAsync(1000, "crowd", "now() - interval '1 minute'", ofNobody);
        await PlantAsync(1, "other", "now()", ofNobody);
        await PlantAsync(300, "crowd", "now()", ofNobody, known: true);
        var turns = server.Services.GetRequiredService<MailRequestTurns>();
        var keys = await turns.NextAsync([ofNobody], TestContext.Current.CancellationToken);
        Assert.Equal(256, keys.Count);
        Assert.Equal(["crowd t 1", "crowd f 1", "other f 1"], keys.Take(3).Select(Encoding.ASCII.GetString));
    }

    [Fact]
    public async Task XA_03_A_request_that_no_key_opens_is_dropped_and_keeps_no_other_waiting()
    {
        var person = await client.RegisterSomebodyAsync();
        await PlantAsync(3, "n", "now() - interval '1 minute'");
        await client.AskResetAsync(person.Email);
        await server.Mailbox.WaitForResetsAsync(person.Email, 1);
        await server.Database.WorkedOffAsync();
    }

    /// <summary>Requests that were sealed by nobody, with keys that tell them apart.</summary>
    private Task<int> PlantAsync(int count, string network, string askedAt, string purpose = "reset", bool known = false) => server.Database.ExecuteAsync($"""
        INSERT INTO mail_requests (id, purpose, key, network, known, payload, asked_at)
        SELECT gen_random_uuid(), @purpose, convert_to(concat_ws(' ', @network, @known, n), 'UTF8'), @network, @known, '\x00'::bytea, {askedAt} + n * interval '1 microsecond'
        FROM generate_series(1, {count}) n
        """, ("purpose", purpose), ("network", network), ("known", known));
}
