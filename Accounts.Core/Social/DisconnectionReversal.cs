using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Social;

/// <summary>The identity that was disconnected comes back, unless it is somebody else's by now or another one of its provider has its place.</summary>
internal sealed class DisconnectionReversal(AccountsDb db, ProviderTitles titles) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.SocialAccountDisconnected;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        var identity = KeptIdentity.Read(reverse);
        var back = await db.Database.ExecuteSqlAsync($"""
            INSERT INTO social_accounts (provider, issuer, provider_uid, user_id, email, email_verified, extra_data, created_at)
            VALUES ({identity.Provider}, {identity.Issuer}, {identity.Uid}, {user.Id}, {identity.Email}, {identity.EmailVerified}, {identity.ExtraData}::jsonb, clock_timestamp())
            ON CONFLICT DO NOTHING
            """, cancellation);
        if (back == 0)
        {
            return titles.TitleOf(identity.Provider);
        }
        user.AddWay(identity.Provider);
        return null;
    }
}
