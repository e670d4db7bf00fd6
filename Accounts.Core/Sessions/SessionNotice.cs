using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Data;
using Accounts.Core.Notices;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Sessions;

/// <summary>Tells a user that somebody else may have a session of theirs, with the link that stops everybody; saved by the caller.</summary>
public sealed class SessionNotice(AccountsDb db, Notice notice, ChangeLog changes)
{
    /// <summary>Its refresh token was used twice, and the session was ended.</summary>
    public async Task AddReusedAsync(RefreshToken token, Device device)
    {
        var user = await UserAsync(token);
        var mail = new SessionReusedMail(changes.Add(SecurityEventKind.RefreshTokenReused, user, device));
        notice.Add(SecurityEventKind.RefreshTokenReused, user, token.SessionId, device, mail);
    }

    /// <summary>A lost answer was asked for again from a strange place; the session goes on.</summary>
    public async Task AddElsewhereAsync(RefreshToken token, Device device)
    {
        var user = await UserAsync(token);
        var mail = new RefreshedElsewhereMail(changes.Add(SecurityEventKind.RefreshTokenReissuedElsewhere, user, device));
        notice.Add(SecurityEventKind.RefreshTokenReissuedElsewhere, user, token.SessionId, device, mail);
    }

    private Task<User> UserAsync(RefreshToken token) => db.Users.AsNoTracking().SingleAsync(u => u.Id == token.UserId);
}
