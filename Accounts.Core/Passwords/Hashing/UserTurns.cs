namespace Accounts.Core.Passwords.Hashing;

/// <summary>One at a time of each user: whoever comes second waits for the first.</summary>
internal sealed class UserTurns
{
    private readonly Dictionary<Guid, Turn> turns = [];
    private readonly Lock gate = new();

    private sealed class Turn
    {
        public SemaphoreSlim Free { get; } = new(1);

        public int Wanted { get; set; }
    }

    /// <returns>whether it came within that time</returns>
    public async Task<bool> EnterAsync(Guid user, TimeSpan patience, CancellationToken cancellation)
    {
        var entered = false;
        try
        {
            return entered = await Want(user).WaitAsync(patience, cancellation);
        }
        finally
        {
            if (!entered)
            {
                Leave(user, entered: false);
            }
        }
    }

    private SemaphoreSlim Want(Guid user)
    {
        lock (gate)
        {
            if (!turns.TryGetValue(user, out var turn))
            {
                turns[user] = turn = new Turn();
            }
            turn.Wanted++;
            return turn.Free;
        }
    }

    public void Leave(Guid user) => Leave(user, entered: true);

    private void Leave(Guid user, bool entered)
    {
        lock (gate)
        {
            var turn = turns[user];
            if (entered)
            {
                turn.Free.Release();
            }
            if (--turn.Wanted == 0)
            {
                turns.Remove(user);
            }
        }
    }
}
