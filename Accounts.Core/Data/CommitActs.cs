using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Accounts.Core.Data;

/// <summary>
/// What is to be done once something is committed, and not at all where it is not: a line in the log, a worker that is woken. One
/// for each context. What was to follow a transaction that nobody committed is never done.
/// </summary>
public sealed class CommitActs(Aftermath aftermath) : IDbTransactionInterceptor
{
    private readonly List<(Guid Transaction, Action Act)> waiting = [];

    /// <summary>For what has been saved: at once, or with the end of the transaction that it was saved in.</summary>
    public void Add(DbContext context, Action act)
    {
        if (context.Database.CurrentTransaction is { } transaction)
        {
            waiting.Add((transaction.TransactionId, act));
        }
        else
        {
            aftermath.Try(act);
        }
    }

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var due = waiting.FindAll(entry => entry.Transaction == eventData.TransactionId);
        waiting.Clear();
        due.ForEach(entry => aftermath.Try(entry.Act));
        return Task.CompletedTask;
    }
}
