using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.ProgramTokens;

/// <summary>A personal token as its user sees it.</summary>
/// <param name="Token">as it is stored</param>
/// <param name="Roles">those that it has now</param>
public sealed record ListedPersonalToken(PersonalToken Token, string[] Roles);

/// <summary>The personal tokens of a user that are good, newest first.</summary>
public sealed class PersonalTokenList(AccountsDb db)
{
    public async Task<ListedPersonalToken[]> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        var tokens = from t in db.PersonalTokens.AsNoTracking()
                     join u in db.Users on t.UserId equals u.Id
                     where t.UserId == userId && t.Epoch == u.SessionsEpoch && t.ExpiresAt > AccountsDb.ClockTimestamp()
                     orderby t.Id descending
                     select new { Token = t, u.Roles };
        return [.. (await tokens.ToListAsync(cancellation)).Select(row => new ListedPersonalToken(row.Token, PersonalToken.Cut(row.Token.Roles, row.Roles)))];
    }
}

internal static class OwnPersonalTokens
{
    /// <summary>Those that are good, of a user whose row the caller holds.</summary>
    public static IQueryable<PersonalToken> Of(this IQueryable<PersonalToken> tokens, User user) =>
        tokens.Where(t => t.UserId == user.Id && t.Epoch == user.SessionsEpoch && t.ExpiresAt > AccountsDb.ClockTimestamp());
}
