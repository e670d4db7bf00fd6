using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Mail;
using Accounts.Core.MailedTokens;
using Accounts.Core.Notices;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.Deletion;

/// <summary>Keeps out who has deleted their account, and lets them have it back while there is time.</summary>
internal sealed class DeletedGate(AccountsDb db, MailedTokenStore tokens, Notice notice, MailLinks links, TimeProvider time) : ISignInGate
{
    public GatePlace Place => GatePlace.Deleted;

    public PermissionDeniedException? Refusal(User user) =>
        user.IsLeaving() ? Refusal(user.Id, user.EraseAfter!.Value) : null;

    /// <summary>Who has asked to be erased waits for no more than that nothing can be undone.</summary>
    private PermissionDeniedException Refusal(Guid userId, DateTimeOffset until) => until > time.GetUtcNow()
        ? new(ErrorCode.AccountDeleted) { UserId = userId, RestoreUntil = until.UtcDateTime }
        : new(ErrorCode.AccountDeleted) { UserId = userId };

    public bool Opens(SignInRequest request) => request.Restore;

    public async Task<bool> OpenAsync(User user, SignInRequest request, CancellationToken cancellation)
    {
        if (!request.Restore || !await db.Users.ReturnAsync(user, cancellation))
        {
            return false;
        }
        await tokens.RevokeAsync(user, TokenPurpose.Erase, cancellation);
        notice.Add(SecurityEventKind.AccountRestored, user, null, request.Device, new AccountRestoredMail(links.ForgotPassword));
        return true;
    }
}
