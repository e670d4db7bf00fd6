using Accounts.Core.Failures;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor;

/// <summary>A factor that is gone.</summary>
/// <param name="Kind">of which it was</param>
/// <param name="Factor">as it was</param>
/// <param name="Kept">what brings it back</param>
public sealed record RemovedFactor(FactorKind Kind, ListedFactor Factor, byte[] Kept);

/// <summary>The second factors of users, of whatever kind.</summary>
public sealed class UserFactors(IEnumerable<FactorKind> kinds)
{
    /// <summary>Of one user.</summary>
    public const int Most = 10;

    public const int LongestName = 100;

    /// <summary>Whether the user has any: asked of what is loaded with them.</summary>
    public bool HasAny(User user) => kinds.Any(kind => user.Ways.Contains(kind.Way));

    public FactorKind Of(string way) => kinds.First(kind => kind.Way == way);

    /// <summary>By the words of their kinds.</summary>
    public async Task<Dictionary<string, ListedFactor[]>> ListAsync(Guid userId, CancellationToken cancellation)
    {
        var lists = new Dictionary<string, ListedFactor[]>();
        foreach (var kind in kinds)
        {
            lists[kind.Way] = await kind.ListAsync(userId, cancellation);
        }
        return lists;
    }

    /// <summary>Before one more is added; exact where the caller holds the user's row.</summary>
    /// <exception cref="StepUpRequiredException">it would be the first, and its user has not shown to read the account's mail</exception>
    /// <exception cref="ConflictException">there are as many as there may be</exception>
    public async Task DemandRoomAsync(User user, CancellationToken cancellation)
    {
        if (!HasAny(user))
        {
            StepUp.DemandMailbox(user);
        }
        if ((await ListAsync(user.Id, cancellation)).Values.Sum(list => list.Length) >= Most)
        {
            throw new ConflictException(ErrorCode.TooManyFactors);
        }
    }

    /// <returns>as it is then; null where there is none of that id</returns>
    public async Task<ListedFactor?> RenameAsync(Guid userId, Guid id, string name, CancellationToken cancellation)
    {
        foreach (var kind in kinds)
        {
            if (await kind.RenameAsync(userId, id, name, cancellation))
            {
                return Array.Find(await kind.ListAsync(userId, cancellation), factor => factor.Id == id);
            }
        }
        return null;
    }

    /// <summary>With the last of its kind its word goes, too. The caller holds the user's row, and saves it.</summary>
    /// <returns>null where there is none of that id</returns>
    public async Task<RemovedFactor?> RemoveAsync(User user, Guid id, CancellationToken cancellation)
    {
        foreach (var kind in kinds)
        {
            var list = await kind.ListAsync(user.Id, cancellation);
            if (Array.Find(list, factor => factor.Id == id) is { } factor && await kind.RemoveAsync(user.Id, id, cancellation) is { } kept)
            {
                if (list.Length == 1)
                {
                    user.RemoveWay(kind.Way);
                }
                return new RemovedFactor(kind, factor, kept);
            }
        }
        return null;
    }

    /// <summary>One that was removed. The caller holds the user's row, and saves it.</summary>
    /// <param name="user">whose it was</param>
    /// <param name="way">the word of its kind</param>
    /// <param name="kept">what removing it gave</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>its name, where it stays out; else null</returns>
    public async Task<string?> BringBackAsync(User user, string way, byte[] kept, CancellationToken cancellation)
    {
        var name = await Of(way).BringBackAsync(user.Id, kept, cancellation);
        if (name is null && !user.Ways.Contains(way))
        {
            user.AddWay(way);
        }
        return name;
    }
}
