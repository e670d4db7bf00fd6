using Accounts.Core.Throttling;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>How many wait, and how many may: of each rank, and in a rank of one network and of one user.</summary>
internal sealed class HashingShares(ThrottlingOptions options)
{
    private readonly int[] ranks = new int[Enum.GetValues<HashingRank>().Length];
    private readonly Dictionary<(HashingRank Rank, string Of), int> parts = [];
    private readonly Lock gate = new();

    public bool TryTake(HashingParty party, int hashes)
    {
        lock (gate)
        {
            if (!HasRoom(party.Rank) || (options.Enabled && Parts(party).Any(part => parts.GetValueOrDefault(part) >= options.HashesWaitingPerNetwork)))
            {
                return false;
            }
            Count(party, hashes);
            return true;
        }
    }

    public void Give(HashingParty party, int hashes)
    {
        lock (gate)
        {
            Count(party, -hashes);
        }
    }

    /// <summary>A quarter of the places is kept from anybody, and half of that for known devices alone: nobody crowds out the owners.</summary>
    private bool HasRoom(HashingRank rank)
    {
        var length = options.HashQueueLength;
        var most = rank switch
        {
            HashingRank.KnownDevice => length,
            HashingRank.Proven => length * 7 / 8,
            _ => length * 3 / 4,
        };
        return ranks.Sum() < length && ranks[(int)rank..].Sum() < most;
    }

    private void Count(HashingParty party, int change)
    {
        ranks[(int)party.Rank] += change;
        foreach (var part in Parts(party))
        {
            if ((parts[part] = parts.GetValueOrDefault(part) + change) == 0)
            {
                parts.Remove(part);
            }
        }
    }

    private static IEnumerable<(HashingRank Rank, string Of)> Parts(HashingParty party)
    {
        yield return (party.Rank, party.Network);
        if (party.User is { } user)
        {
            yield return (party.Rank, $"{user:N}");
        }
    }
}
