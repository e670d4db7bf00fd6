using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Accounts.Core.Outbox;

/// <summary>Sees when a context commits messages, and wakes the lanes then: not sooner, or they would find nothing. One for each context.</summary>
internal sealed class OutboxCommits(OutboxSignal signal, CommitActs acts) : ISaveChangesInterceptor
{
    private bool isQueued;

    public ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        isQueued |= eventData.Context!.ChangeTracker.Entries<OutboxMessage>().Any(entry => entry.State == EntityState.Added);
        return new(result);
    }

    public ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        if (isQueued)
        {
            isQueued = false;
            acts.Add(eventData.Context!, signal.Wake);
        }
        return new(result);
    }
}
