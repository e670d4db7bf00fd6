using Accounts.Core.Data;
using Accounts.Core.Secrets;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>Issues and spends the states of ceremonies: of any number who present one, the statement lets a single one through.</summary>
public sealed class PasskeyStates(AccountsDb db)
{
    /// <param name="purpose">that it will serve for</param>
    /// <param name="userId">whose ceremony it is; null where the passkey is to tell that</param>
    /// <param name="challenge">what is to be remembered</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>the state</returns>
    public async Task<string> IssueAsync(PasskeyPurpose purpose, Guid? userId, string challenge, CancellationToken cancellation)
    {
        db.PasskeyStates.Add(PasskeyState.Begin(purpose, userId, challenge, out var state));
        await db.SaveChangesAsync(cancellation);
        return state;
    }

    /// <summary>Spent before the answer is looked at: what fails is not tried again.</summary>
    /// <returns>what was to be remembered; null where the state is unknown, spent, too old, or of another purpose or user</returns>
    public async Task<string?> SpendAsync(string state, PasskeyPurpose purpose, Guid? userId, CancellationToken cancellation)
    {
        var (hash, kind) = (OpaqueToken.Hash(state), SnakeCaseEnum<CeremonyKind>.Word(purpose.Kind()));
        var (word, requirement) = (SnakeCaseEnum<PasskeyPurpose>.Word(purpose), SnakeCaseEnum<UserVerification>.Word(purpose.Requirement()));
        var spent = await db.Database.SqlQuery<string>($"""
            UPDATE passkey_states s SET used_at = clock_timestamp()
            WHERE s.hash = {hash} AND s.kind = {kind} AND s.purpose = {word} AND s.requirement = {requirement}
              AND s.user_id IS NOT DISTINCT FROM {userId} AND s.used_at IS NULL AND s.expires_at > clock_timestamp()
            RETURNING s.challenge
            """).ToListAsync(cancellation);
        return spent is [var challenge] ? challenge : null;
    }
}
