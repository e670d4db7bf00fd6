using System.Collections.Concurrent;
using Accounts.Tests.Support;

namespace Accounts.Tests.Http.Fuzz;

/// <summary>Sends plans to a server, a few at a time, and notes what is wrong with the answers.</summary>
internal sealed class FuzzRun(TestServer server, FuzzJudge judge)
{
    /// <summary>Below the number of sign-ins that may wait for their hash.</summary>
    private const int Visitors = 4;

    /// <summary>Some of what is sent ends a visitor's session.</summary>
    private const int RequestsPerVisit = 100;

    private readonly ConcurrentQueue<FuzzPlan> late = new();
    private readonly ConcurrentQueue<string> complaints = new();
    private readonly ConcurrentDictionary<int, int> statuses = new();

    public IEnumerable<string> Complaints => complaints;

    /// <summary>How many answers there were of each status; 0 stands for none.</summary>
    public IReadOnlyDictionary<int, int> Statuses => statuses;

    public async Task SendAsync(FuzzPlan[] plans)
    {
        await Task.WhenAll(Enumerable.Range(0, Visitors).Select(lane => Task.Run(() => VisitAsync(plans.Where((_, index) => index % Visitors == lane)))));
        await AskAgainAsync();
    }

    private async Task VisitAsync(IEnumerable<FuzzPlan> plans)
    {
        using var connection = new FuzzConnection(server.Address.Port);
        foreach (var visit in plans.Chunk(RequestsPerVisit))
        {
            var visitor = new FuzzVisitor(server);
            await visitor.ArriveAsync();
            foreach (var plan in visit)
            {
                await ExchangeAsync(connection, new FuzzRequest(plan, visitor), late.Enqueue);
            }
        }
    }

    /// <summary>A machine that is busy elsewhere is late once; a server that hangs does so again when it is asked alone.</summary>
    private async Task AskAgainAsync()
    {
        foreach (var plan in late)
        {
            var visitor = new FuzzVisitor(server);
            await visitor.ArriveAsync();
            using var connection = new FuzzConnection(server.Address.Port);
            await ExchangeAsync(connection, new FuzzRequest(plan, visitor), again => complaints.Enqueue($"no answer in time: {again}"));
        }
    }

    private async Task ExchangeAsync(FuzzConnection connection, FuzzRequest request, Action<FuzzPlan> onLate)
    {
        try
        {
            var reply = await connection.ExchangeAsync(request);
            statuses.AddOrUpdate(reply?.Status ?? 0, 1, (_, count) => count + 1);
            if (judge.Complaint(request, reply) is { } complaint)
            {
                complaints.Enqueue($"{complaint}: {request.Plan}\n    {reply}");
            }
        }
        catch (OperationCanceledException)
        {
            onLate(request.Plan);
        }
    }
}
