using System.Net;
using Accounts.Core.Data;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Tokens;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passwords;

/// <summary>
/// A sign-in of somebody who has never been there and is gone with its transaction: what takes a second when it is done for
/// the first time (the model, the statements, a hash, a signature, a connection) has been done when people come.
/// </summary>
public sealed class PasswordRehearsal(AccountsDb db, PasswordHashing hashing, SignInDoor door, TimeProvider time)
{
    private static readonly Device Nobody = new(IPAddress.Loopback, nameof(PasswordRehearsal));

    public async Task RunAsync(CancellationToken cancellation)
    {
        var name = $"r{Guid.NewGuid():N}";
        var user = User.Register(new Username(name), EmailAddress.Parse($"{name}@example.invalid"), "", "", time.GetUtcNow());
        user.Verify(VerifiedBy.Code, time.GetUtcNow());
        user.SetPassword(await HashAsync(user, name, cancellation));
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Users.Add(user);
        await db.SaveChangesAsync(cancellation);
        var found = await db.Users.AsNoTracking().SingleAsync(u => u.NormalizedEmail == user.NormalizedEmail, cancellation);
        // By two, so that the door opens whoever must have a second factor.
        await door.OpenAsync(new Proof(found, PasswordVerification.Method, AuthenticationLevel.Multiple), new SignInRequest(Nobody, new SessionKind(true, SessionTransport.Cookie)), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.RollbackAsync(cancellation);
    }

    private async Task<string> HashAsync(User user, string password, CancellationToken cancellation)
    {
        using var place = hashing.TakeToVerify(HashingParty.Proven(Nobody, user.Id), password);
        return await hashing.HashAsync(place, password, cancellation);
    }
}
