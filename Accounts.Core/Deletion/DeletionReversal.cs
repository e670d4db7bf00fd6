using Accounts.Core.Audit;
using Accounts.Core.Changes;
using Accounts.Core.MailedTokens;
using Accounts.Core.Users;

namespace Accounts.Core.Deletion;

/// <summary>The account is there again, if it still is deleted.</summary>
internal sealed class DeletionReversal(MailedTokenStore tokens) : IChangeReversal
{
    public SecurityEventKind Kind => SecurityEventKind.AccountDeleted;

    public async Task<string?> UndoAsync(User user, byte[] reverse, CancellationToken cancellation)
    {
        user.Return();
        await tokens.RevokeAsync(user, TokenPurpose.Erase, cancellation);
        return null;
    }
}
