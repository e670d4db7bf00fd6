using Accounts.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>An identity as its user sees it.</summary>
/// <param name="Name">how buttons and mails call the provider</param>
/// <param name="Email">as the provider said at the last sign-in; null for none</param>
/// <param name="LastUsedAt">null where the user has never signed in with it</param>
public sealed record ListedIdentity(string Provider, string Name, string? Email, DateTimeOffset ConnectedAt, DateTimeOffset? LastUsedAt);

/// <summary>The identities of a user, oldest first.</summary>
public sealed class SocialAccountList(AccountsDb db, ProviderTitles titles)
{
    public async Task<ListedIdentity[]> ReadAsync(Guid userId, CancellationToken cancellation)
    {
        var identities = await db.SocialAccounts.AsNoTracking().Where(a => a.UserId == userId).OrderBy(a => a.CreatedAt).ToListAsync(cancellation);
        return [.. identities.Select(a => new ListedIdentity(a.Provider, titles.TitleOf(a.Provider), a.Email, a.CreatedAt, a.LastLogin))];
    }
}
