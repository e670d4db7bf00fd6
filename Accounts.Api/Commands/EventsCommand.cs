using System.CommandLine;
using Accounts.Api.Admin;
using Accounts.Core.Admin;
using Accounts.Core.Audit;

namespace Accounts.Api.Commands;

/// <summary><c>events list</c>: what happened to all accounts, as administrators see it. <c>events verify</c>: whether that is what was recorded.</summary>
public sealed class EventsCommand
{
    private readonly Option<string> kind = new("--kind") { Description = "Of this kind alone, such as roles_changed." };
    private readonly Option<string> user = new("--user") { Description = "That happened to this user: an id (of who is erased, too), an address or a username." };
    private readonly Option<string> actor = new("--actor") { Description = "That this administrator did: the same." };
    private readonly Option<string> since = new("--since") { Description = "From then on, such as 2026-01-15T09:30:00Z." };
    private readonly Option<string> until = new("--until") { Description = "Before then." };
    private readonly Option<string> after = new("--after") { Description = "Behind this number, the oldest first: the number of the last one that was seen goes on from there." };
    private readonly Option<int> limit = NumberOption.Make("--limit", "So many at most", usual: 100, most: 10_000);

    public static Command Make(AtServer at) => new Command("events", "Shows what happened to all accounts: who did what to whom. Proves that nothing of it was changed.")
    {
        new EventsCommand().MakeList(at), VerifyEventsCommand.Make(at),
    };

    private Command MakeList(AtServer at)
    {
        var list = new Command("list", "Shows events, the newest first, one on each line; with --json a JSON object on each line, as events.ndjson of the API has it.")
        {
            kind, user, actor, since, until, after, limit,
        };
        list.SetAction((words, cancellation) => at.DoAsync(words, services => ListAsync(services, words, cancellation)));
        return list;
    }

    private async Task ListAsync(IServiceProvider services, ParseResult words, CancellationToken cancellation)
    {
        var query = new EventListRequest
        {
            Kind = words.GetValue(kind),
            User = await IdAsync(services, words.GetValue(user), cancellation),
            Actor = await IdAsync(services, words.GetValue(actor), cancellation),
            Since = words.GetValue(since),
            Until = words.GetValue(until),
            After = words.GetValue(after),
        }.Query();
        await NumberAsync(services.GetRequiredService<EventNumbering>(), cancellation);
        foreach (var entry in await services.GetRequiredService<EventSearch>().ReadAsync(query, newestFirst: query.After is null, words.GetValue(limit), cancellation))
        {
            Print(services, words, AdminEventResponse.Of(entry));
        }
    }

    /// <summary>Of who is erased there is nothing but the id.</summary>
    private static async Task<string?> IdAsync(IServiceProvider services, string? who, CancellationToken cancellation) =>
        who is null || Guid.TryParseExact(who, "D", out _) ? who : (await services.UserAsync(who, cancellation)).Profile.Id.ToString();

    /// <summary>Those of just now, and where no server runs, all since then: without a number none is found.</summary>
    private static async Task NumberAsync(EventNumbering numbering, CancellationToken cancellation)
    {
        while (await numbering.NumberAsync(cancellation) > 0)
        {
        }
    }

    private static void Print(IServiceProvider services, ParseResult words, AdminEventResponse entry)
    {
        if (words.IsJson())
        {
            words.Answer(services, entry);
            return;
        }
        var change = entry.After is null && entry.Before is null ? "" : $"  {entry.Before} -> {entry.After}";
        var times = entry.Count > 1 ? $"  {entry.Count} times" : "";
        words.Line(CommandOutput.Printable(
            $"{entry.Number,8}  {CommandOutput.Time(entry.At)}  {entry.Kind,-26}  user {entry.UserId}{(entry.ActorId is { } by ? $"  by {by}" : "")}  {entry.Device}  {entry.Ip}{times}{change}"));
    }
}
