using System.Text.Json.Nodes;
using Accounts.Core.Admin;
using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Sessions;
using Accounts.Core.Social;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Import;

/// <summary>Writes what has changed there, and not here, of who was imported before.</summary>
/// <param name="db">in whose transaction their rows are locked</param>
/// <param name="taken">what others have</param>
/// <param name="now">by the database's clock</param>
internal sealed class UserUpdates(AccountsDb db, TakenKeys taken, DateTimeOffset now)
{
    /// <returns>what is left to write once others' names and addresses are known</returns>
    public Comparison Judge(Candidate there, KnownUser here, Comparison compared)
    {
        var (self, left) = (here.User.Id, compared);
        (ImportPart Part, string? Why)[] findings =
        [
            (ImportPart.Username, taken.Username(there, self)), (ImportPart.Address, taken.Address(there, self)), (ImportPart.Identities, taken.Identity(there, self)),
        ];
        foreach (var (part, why) in findings)
        {
            left = why is not null && left.Changes.Contains(part) ? left.Without(why, part) : left;
        }
        return left;
    }

    public async Task WriteAsync(Candidate there, KnownUser here, Comparison compared, CancellationToken cancellation)
    {
        var user = here.User;
        var before = AdministeredUser.Of(user, []).State();
        var identities = here.Identities;
        foreach (var part in compared.Changes)
        {
            switch (part)
            {
                case ImportPart.Name:
                    user.Describe(there.FirstName, there.LastName, user.Locale ?? "");
                    break;
                case ImportPart.Username:
                    Rename(user, there);
                    break;
                case ImportPart.Address:
                    user.Readdress(there.Email!, there.Verified, now);
                    break;
                case ImportPart.Password:
                    Choose(user, there.Hash);
                    break;
                case ImportPart.Active:
                    Set(user, there.IsActive);
                    break;
                case ImportPart.Roles:
                    await GiveAsync(user, there.Roles, cancellation);
                    break;
                case ImportPart.Identities:
                    identities = await ConnectAsync(user, identities, there.Identities, cancellation);
                    break;
            }
        }
        var isOut = await EndAsync(user, compared.Changes, cancellation);
        Remember(there, here, identities, compared);
        Tell(user, before, compared.Changes);
        TellApps(user, compared.Changes, isOut, here.Identities, identities);
    }

    /// <summary>To a name that cannot be one here nobody is renamed.</summary>
    private void Rename(User user, Candidate there)
    {
        if (there.Username is not null)
        {
            user.Rename(there.Username);
            if (taken.IsLookalike(there.Username, user.Id))
            {
                user.LoseShape();
            }
        }
    }

    private static void Choose(User user, string? hash)
    {
        if (hash is null)
        {
            user.RemovePassword();
            return;
        }
        user.SetPassword(hash);
    }

    private static void Set(User user, bool active)
    {
        if (active)
        {
            user.Activate();
            return;
        }
        user.Deactivate(reason: null, until: null);
    }

    private async Task GiveAsync(User user, RoleNames roles, CancellationToken cancellation)
    {
        if (roles.Administers)
        {
            await db.LockAsync(AdvisoryLock.Administrators, cancellation);
        }
        user.GiveRoles(roles);
    }

    private async Task<IReadOnlyList<string>> ConnectAsync(User user, IReadOnlyList<string> before, IReadOnlyList<ForeignIdentity> there, CancellationToken cancellation)
    {
        foreach (var account in await db.SocialAccounts.Where(a => a.UserId == user.Id).ToListAsync(cancellation))
        {
            if (!there.Any(identity => UserState.Key(identity) == UserState.Key(account.Provider, account.Issuer, account.ProviderUid)))
            {
                user.RemoveWay(account.Provider);
                db.Remove(account);
            }
        }
        foreach (var identity in there.Where(identity => !before.Contains(UserState.Key(identity))))
        {
            user.AddWay(identity.Provider);
            db.Add(SocialAccount.Of(Newcomers.Profile(identity), user.Id, now));
        }
        return [.. there.Select(UserState.Key)];
    }

    /// <summary>Who has got in by what is no longer so is out, and so is what was mailed: whoever reads it need not be who has the address now.</summary>
    /// <returns>whether sessions have ended</returns>
    private async Task<bool> EndAsync(User user, ImportPart[] changes, CancellationToken cancellation)
    {
        // A hash that was only made anew there, at a sign-in, looks like another password. Who has not signed in here yet keeps what they were signed in
        // by there: it has not come by a password of here.
        var isOut = (changes.Contains(ImportPart.Active) && !user.IsActive)
            || (changes.Contains(ImportPart.Password) && await LiveSessionRule.Open(db).AnyAsync(s => s.UserId == user.Id, cancellation));
        if (isOut)
        {
            await db.EndAllSessionsAsync(user.Id, SessionEnd.Administrator, cancellation);
        }
        if (changes.Contains(ImportPart.Password) || changes.Contains(ImportPart.Address))
        {
            await db.MailedTokens.Where(t => t.UserId == user.Id && t.UsedAt == null && t.ExpiresAt > now)
                .ExecuteUpdateAsync(set => set.SetProperty(t => t.ExpiresAt, _ => AccountsDb.ClockTimestamp()), cancellation);
        }
        user.RaiseVersion();
        return isOut;
    }

    private static void Remember(Candidate there, KnownUser here, IReadOnlyList<string> identities, Comparison compared)
    {
        var (imported, present) = (here.Imported!, new UserState(here.User, identities).Prints);
        ImportPart[] parts = [.. compared.Changes, .. compared.Agreed];
        imported.Remember(new PartPrints(imported.Came).With(there.Prints, parts), new PartPrints(imported.Written).With(present, parts));
    }

    /// <summary>As an administrator's act is told; of a password and an address no more than that they have changed.</summary>
    private void Tell(User user, JsonObject before, ImportPart[] changes)
    {
        if (changes.Length == 0)
        {
            return;
        }
        var after = AdministeredUser.Of(user, []).State();
        (before["imported"], after["imported"]) = (null, new JsonArray([.. changes.Select(part => JsonValue.Create(Comparison.Word(part)))]));
        var (was, isNow) = StateChange.Between(before, after);
        db.SecurityEvents.Add(SecurityEvent.OfAct(SecurityEventKind.UserChanged, user.Id, Actor.Operator, was, isNow, now));
    }

    /// <summary>What follows for who keeps data beside users is told by the events that tell of it elsewhere, behind the one above.</summary>
    private void TellApps(User user, ImportPart[] changes, bool isOut, IReadOnlyList<string> identitiesBefore, IReadOnlyList<string> identities)
    {
        (SecurityEventKind Kind, bool Has)[] follows =
        [
            (SecurityEventKind.UserReaddressed, changes.Contains(ImportPart.Address)),
            (SecurityEventKind.PasswordChanged, changes.Contains(ImportPart.Password) && isOut),
            (user.IsActive ? SecurityEventKind.UserActivated : SecurityEventKind.UserDeactivated, changes.Contains(ImportPart.Active)),
            (SecurityEventKind.RolesChanged, changes.Contains(ImportPart.Roles)),
            (SecurityEventKind.SocialAccountDisconnected, identitiesBefore.Except(identities).Any()),
            (SecurityEventKind.SocialAccountConnected, identities.Except(identitiesBefore).Any()),
        ];
        db.SecurityEvents.AddRange(follows.Where(told => told.Has).Select((told, place) =>
            SecurityEvent.OfAct(told.Kind, user.Id, Actor.Operator, before: null, after: null, now.AddMicroseconds(place + 1))));
    }
}
