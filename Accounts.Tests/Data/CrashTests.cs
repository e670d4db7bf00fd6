using System.Globalization;
using Accounts.Core.Mail;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>The server is killed again and again while people register. <c>bench/crash</c> runs the same with more of both.</summary>
[Trait("Pace", "long")]
public sealed class CrashTests(Postgres postgres) : IAsyncLifetime
{
    private const int AtOnce = 4;

    private static readonly int Registrations = Setting("ACCOUNTS_CRASH_REGISTRATIONS", 200), Kills = Setting("ACCOUNTS_CRASH_KILLS", 5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private MailSink sink = null!;
    private volatile ServerProcess server = null!;
    private int acknowledged;

    public async ValueTask InitializeAsync()
    {
        sink = await MailSink.StartAsync();
        server = await ServerProcess.StartAsync(await postgres.CreateDatabaseAsync(), sink.Plainly);
    }

    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        await sink.DisposeAsync();
    }

    [Fact]
    public async Task DU_01_Every_acknowledged_account_survives_kills_signs_in_and_has_its_mail()
    {
        var people = new Person[Registrations];
        var killing = KillAsync();
        await Parallel.ForAsync(0, Registrations, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => people[i] = await RegisterAsync());
        await killing;
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (person, _) => await SignInAsync(person));
        await Until.TrueAsync(async () => await server.Database.CountAsync("outbox_messages", "state <> 'sent'") == 0, "every mail is sent", Patience);
        Assert.Equal(Registrations, await server.Database.CountAsync("users"));
        Assert.Equal(0, await server.Database.CountAsync("users u", HalfMade));
        AssertMails(people, await sink.MailsAsync());
    }

    private const string HalfMade = """
        (SELECT count(*) FROM outbox_messages m WHERE m.recipient = u.email AND m.template = 'verify_email') <> 1
        OR (SELECT count(*) FROM email_verification_tokens t WHERE t.user_id = u.id) <> 1
        OR (SELECT count(*) FROM security_events e WHERE e.user_id = u.id AND e.kind = 'registered') <> 1
        """;

    /// <summary>Spread over the registrations; each time on the same database.</summary>
    private async Task KillAsync()
    {
        for (var kill = 1; kill <= Kills; kill++)
        {
            var when = Registrations * kill / (Kills + 1);
            await Until.TrueAsync(() => Task.FromResult(Volatile.Read(ref acknowledged) >= when), $"{when} are registered", Patience);
            var killed = server;
            await killed.KillAsync();
            server = await ServerProcess.StartAsync(killed.Database.ConnectionString, sink.Plainly);
            await killed.DisposeAsync();
        }
    }

    /// <summary>Tried again until it is acknowledged, or known to have been done before the answer was lost.</summary>
    private async Task<Person> RegisterAsync()
    {
        var person = Some.Person();
        for (var lost = false; ; await Task.Delay(50))
        {
            try
            {
                using var client = server.Client();
                var answer = await client.RegisterAsync(person);
                Assert.True(answer.Status == 201 || (lost && answer.Status == 400), answer.ToString());
                Interlocked.Increment(ref acknowledged);
                return person;
            }
            catch (HttpRequestException)
            {
                lost = true;
            }
        }
    }

    private async Task SignInAsync(Person person)
    {
        using var client = server.Client();
        await client.SignInAsync(person);
    }

    private static void AssertMails(Person[] people, List<SunkMail> mails)
    {
        var ids = mails.Select(mail => mail.Id).Distinct().Count();
        Assert.Equal(people.Select(person => person.Email).Order(), mails.SelectMany(mail => mail.To).Distinct().Order());
        Assert.Equal(people.Length, ids);
        // A kill leaves what each lane had handed over and not recorded.
        Assert.InRange(mails.Count - ids, 0, Kills * new MailOptions().Lanes);
        TestContext.Current.TestOutputHelper!.WriteLine($"{people.Length} registrations, {Kills} kills: {people.Length} signed in, {ids} mails, {mails.Count - ids} duplicates.");
    }

    private static int Setting(string name, int otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
