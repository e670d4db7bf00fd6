using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.Mail;
using Accounts.Core.Users;

namespace Accounts.Core.Sessions;

/// <summary>
/// Tells a user that somebody else may have a session of theirs, with the link that stops everybody; saved by the caller, who holds the user's row.
/// Who is frozen by now is told nothing: a link that came after the freeze would be the thief's.
/// </summary>
public sealed class SessionNotice(ChangeNotice notice, SecurityLog events)
{
    /// <summary>Its refresh token was used twice, and the session was ended.</summary>
    /// <param name="token">that came back</param>
    /// <param name="owner">null for who does not live</param>
    /// <param name="device">that it came from</param>
    public Task AddReusedAsync(RefreshToken token, User? owner, Device device) =>
        AddAsync(SecurityEventKind.RefreshTokenReused, token, owner, device, link => new SessionReusedMail(link));

    /// <summary>A lost answer was asked for again from a strange place; the session goes on.</summary>
    /// <inheritdoc cref="AddReusedAsync"/>
    public Task AddElsewhereAsync(RefreshToken token, User? owner, Device device) =>
        AddAsync(SecurityEventKind.RefreshTokenReissuedElsewhere, token, owner, device, link => new RefreshedElsewhereMail(link));

    private async Task AddAsync(SecurityEventKind kind, RefreshToken token, User? owner, Device device, Func<string, OutgoingMail> mail)
    {
        if (owner is null)
        {
            events.Add(kind, token.UserId, token.SessionId, device);
            return;
        }
        await notice.AddAsync(new ToldChange(kind, owner, token.SessionId, device), mail, CancellationToken.None);
    }
}
