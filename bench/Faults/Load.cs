using System.Collections.Concurrent;
using System.Diagnostics;

namespace Faults;

/// <summary>People who do mixed things all the time, and others who sign up.</summary>
internal sealed class Load : IAsyncDisposable
{
    private readonly Journal journal;
    private readonly Service[] services;
    private readonly Setting setting;
    private readonly ConcurrentBag<Person> people = [];
    private readonly CancellationTokenSource over = new();
    private readonly List<Task> working = [];
    private readonly long began = Stopwatch.GetTimestamp();

    public Load(Journal journal, Service[] services, Setting setting)
    {
        (this.journal, this.services, this.setting) = (journal, services, setting);
        working.AddRange(Enumerable.Range(0, setting.Residents).Select(n => LiveAsync(services[n % services.Length])));
        working.Add(SignUpAsync());
    }

    public double PerSecond { get; private set; }

    private Person Invite(Service service)
    {
        var person = new Person(service, journal, setting);
        people.Add(person);
        return person;
    }

    private async Task LiveAsync(Service service)
    {
        var person = Invite(service);
        while (!over.IsCancellationRequested)
        {
            await person.StepAsync();
            await Task.Delay(Random.Shared.Next(20, 120));
        }
    }

    private async Task SignUpAsync()
    {
        while (!over.IsCancellationRequested)
        {
            await Invite(services[Random.Shared.Next(services.Length)]).RegisterAsync();
            await Task.Delay(150);
        }
    }

    /// <summary>No more of it, and then one look at everything that was acknowledged.</summary>
    public async Task EndAsync(Mailboxes mailboxes)
    {
        await over.CancelAsync();
        await Task.WhenAll(working);
        PerSecond = journal.Requests / Stopwatch.GetElapsedTime(began).TotalSeconds;
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = 3 }, async (person, _) => await person.CheckAsync());
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(40) && people.Any(person => person.Registered && mailboxes.CountOf(person.Email) == 0);)
        {
            await Task.Delay(200);
        }
        foreach (var person in people.Where(person => person.Registered))
        {
            // Those of changed passwords come besides, to who has one.
            if (mailboxes.CountOf(person.Email) == 0)
            {
                journal.Lose("the mail of a sign-up");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        over.Dispose();
    }
}
