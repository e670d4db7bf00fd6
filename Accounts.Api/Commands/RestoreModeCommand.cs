using System.CommandLine;
using Accounts.Core.History;
using Accounts.Core.Restoring;

namespace Accounts.Api.Commands;

/// <summary><c>restore-mode</c>: after a backup was put back, and before the first server starts on it.</summary>
public static class RestoreModeCommand
{
    public static Command Make(AtServer at)
    {
        var command = new Command("restore-mode", "After a restored backup, before the servers start: ends all sessions, spends mailed tokens, gives queued mails up, makes a new signing key. Accounts stay. May be run again.");
        command.SetAction((_, cancellation) => at(server => RunAsync(server, cancellation)));
        return command;
    }

    private static async Task<int> RunAsync(AccountsServer server, CancellationToken cancellation)
    {
        await using var scope = server.App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<RestoreMode>().RunAsync((what, rows) => Console.WriteLine($"{what}: {rows}"), cancellation);
        var end = await scope.ServiceProvider.GetRequiredService<HistoryEnd>().ReadAsync(cancellation);
        Console.WriteLine($"The history of events goes on after {end}. Whoever reads on from a later number begins there; a head that was signed for a later one is not in it.");
        Console.WriteLine("Done: the servers may start.");
        return 0;
    }
}
