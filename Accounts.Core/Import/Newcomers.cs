using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Social;
using Accounts.Core.Social.Ownership;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Import;

/// <summary>Somebody who comes, as they will be here.</summary>
internal sealed record Newcomer(Candidate There, User User);

/// <summary>Makes users of those who have not been here yet.</summary>
internal sealed class Newcomers(AccountsDb db, ImportKeys keys, TakenKeys taken)
{
    private const int Attempts = 8;

    /// <summary>Why somebody cannot come; those who were erased here do not come back.</summary>
    /// <param name="candidates">who have nobody's id here</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>the refused, each with a sentence</returns>
    public async Task<Dictionary<Candidate, string>> RefuseAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        byte[][] ids = [.. candidates.Select(candidate => ErasedImport.IdOf(candidate.LegacyId))];
        var erased = (await db.ErasedImports.Where(e => ids.Contains(e.Id)).Select(e => e.Id).ToListAsync(cancellation)).Select(Convert.ToHexString).ToHashSet();
        var refused = new Dictionary<Candidate, string>(ReferenceEqualityComparer.Instance);
        foreach (var candidate in candidates)
        {
            var why = erased.Contains(Convert.ToHexString(ErasedImport.IdOf(candidate.LegacyId))) ? "Was imported, and is erased here: nobody comes back by an import."
                : taken.Username(candidate, self: null) ?? taken.Address(candidate, self: null) ?? taken.Identity(candidate, self: null);
            if (why is not null)
            {
                refused[candidate] = why;
            }
        }
        return refused;
    }

    /// <summary>As they will be.</summary>
    public async Task<Newcomer[]> MakeAsync(IReadOnlyList<Candidate> candidates, DateTimeOffset now, CancellationToken cancellation)
    {
        var names = await NamesAsync(candidates, cancellation);
        var shapes = new HashSet<string>();
        return [.. candidates.Zip(names, (candidate, name) => new Newcomer(candidate, Make(candidate, name, shapes, now)))];
    }

    private User Make(Candidate there, Username name, HashSet<string> shapes, DateTimeOffset now)
    {
        var user = User.OfImport(name, there.Email!, there.LegacyId, there.DateJoined ?? now, there.LastLogin);
        user.Describe(there.FirstName, there.LastName, locale: "");
        if (taken.IsLookalike(name, self: null) || !shapes.Add(Convert.ToHexString(name.Shape)))
        {
            user.LoseShape();
            there.Notes.Add($"The username {name} looks like another's.");
        }
        if (there.Verified)
        {
            user.Verify(by: null, now);
            user.GiveRoles(there.Roles);
        }
        if (there.Hash is not null)
        {
            user.SetPassword(there.Hash);
        }
        foreach (var identity in there.Identities)
        {
            user.AddWay(identity.Provider);
        }
        if (!there.IsActive)
        {
            user.Deactivate(reason: null, until: null);
        }
        return user;
    }

    /// <summary>Of those who bring none with them, one that nobody has or will have: of a thousand at once, in a few questions.</summary>
    private async Task<Username[]> NamesAsync(IReadOnlyList<Candidate> candidates, CancellationToken cancellation)
    {
        var names = candidates.Select(candidate => candidate.Username).ToArray();
        var used = names.OfType<Username>().Select(name => name.Key).ToHashSet(StringComparer.Ordinal);
        for (var attempt = 0; attempt < Attempts && names.Contains(null); attempt++)
        {
            var asked = Enumerable.Range(0, names.Length).Where(i => names[i] is null).Select(i => (Index: i, Name: SuggestedUsername.For(candidates[i].Wanted, attempt))).ToArray();
            var others = await keys.TakenAmongAsync([.. asked.Select(name => name.Name.Key).Distinct()], cancellation);
            foreach (var (index, name) in asked)
            {
                names[index] = !others.Contains(name.Key) && used.Add(name.Key) ? name : null;
            }
        }
        return [.. names.Select(name => name ?? new Username($"user-{Guid.NewGuid():N}"))];
    }

    public static ExternalProfile Profile(ForeignIdentity identity) => new(
        identity.Provider, identity.Uid, identity.Email is { } email && EmailAddress.TryParse(email, out var address) ? address : null, identity.EmailVerified)
    {
        Issuer = identity.Issuer,
    };

    /// <summary>A role is told of each who comes with one; that they have come, where the operator says so.</summary>
    public static IEnumerable<SecurityEvent> EventsOf(User user, bool tell, DateTimeOffset now)
    {
        if (tell)
        {
            yield return SecurityEvent.OfAct(SecurityEventKind.UserCreated, user.Id, Actor.Operator, before: null, after: null, now);
        }
        if (user.Roles.Length > 0)
        {
            var roles = string.Join(',', user.Roles.Select(role => $"\"{role}\""));
            yield return SecurityEvent.OfAct(SecurityEventKind.RolesChanged, user.Id, Actor.Operator, """{"roles":[]}""", $$"""{"roles":[{{roles}}]}""", now.AddMicroseconds(1));
        }
    }
}
