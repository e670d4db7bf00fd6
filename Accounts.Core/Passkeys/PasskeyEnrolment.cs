using System.Security.Cryptography;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.SecondFactor;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passkeys;

/// <summary>Who may have another passkey.</summary>
public sealed class PasskeyEnrolment(AccountsDb db, UserFactors factors)
{
    private const int HandleLength = 32;

    /// <returns>the user, who has a handle from now on: random, so that no authenticator tells who they are</returns>
    /// <exception cref="StepUpRequiredException">they have not shown to read the account's mail</exception>
    /// <exception cref="ConflictException">they have as many as one may have</exception>
    /// <exception cref="AuthenticationFailedException">the user has gone meanwhile</exception>
    public async Task<User> PrepareAsync(Guid userId, CancellationToken cancellation)
    {
        var statement = $"UPDATE users u SET passkey_handle = coalesce(u.passkey_handle, {{0}}) WHERE u.id = {{1}} RETURNING {db.ColumnsOf<User>("u")}";
        var prepared = await db.Users.FromSqlRaw(statement, RandomNumberGenerator.GetBytes(HandleLength), userId).AsNoTracking().ToListAsync(cancellation);
        var user = prepared is [var one] ? one : throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        await DemandAsync(user, cancellation);
        return user;
    }

    /// <summary>Exact where the caller holds the user's row.</summary>
    /// <inheritdoc cref="PrepareAsync"/>
    public Task DemandAsync(User user, CancellationToken cancellation) => factors.DemandRoomAsync(user, cancellation);
}
