using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.Passwords;

/// <summary>The old password and a new one.</summary>
/// <param name="OldPassword">of who has one; else null</param>
/// <param name="NewPassword">the one to be</param>
public sealed record PasswordChangeForm(string? OldPassword, NewPassword NewPassword)
{
    /// <summary>Whether a proof of a moment ago stands in for the old password.</summary>
    public bool ByRecentProof { get; init; }

    public override string ToString() => nameof(PasswordChangeForm);
}

/// <summary>
/// Changing the password of who is signed in. The access token alone, which may be stolen, is not enough: it takes the
/// old password, or a sign-in of a moment ago: for a first one, and where the form says so.
/// </summary>
public sealed class PasswordChange(
    AccountsDb db, OwnerConfirmation confirmation, NewPasswords passwords, Revocation revocation, PasswordNotice notice,
    SignInDoor door)
{
    private const string WrongOldPassword = "Your old password was entered incorrectly. Please enter it again.";

    /// <param name="form">what was sent</param>
    /// <param name="live">who asks</param>
    /// <param name="carried">the refresh or session token that came along; null for none</param>
    /// <param name="device">that the request came from</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>the session that takes the place of the one that asked, where its own token came along; else null</returns>
    /// <exception cref="InvalidInputException">with every field at fault, the old password too</exception>
    /// <exception cref="StepUpRequiredException">no old password, and the sign-in was too long ago; or there is a second factor, and no proof by it of a moment ago</exception>
    /// <exception cref="ThrottledException">too many wrong passwords before</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long</exception>
    public async Task<SignedIn?> ChangeAsync(
        PasswordChangeForm form, LiveSession live, CarriedCredential? carried, Device device, CancellationToken cancellation)
    {
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == live.User.Id, cancellation)
            ?? throw AuthenticationFailedException.AccessToken(TokenRejection.Revoked);
        passwords.Demand(form.NewPassword, user);
        var typed = user.HasPassword && !form.ByRecentProof ? new TypedPassword(form.OldPassword ?? "", "old_password", WrongOldPassword) : null;
        await confirmation.DemandAsync(live, user, typed, device, cancellation);
        using var place = await passwords.TakeTurnAsync(user, device, cancellation);
        var hash = await passwords.HashAsync(place, form.NewPassword, cancellation);
        return await SaveAsync(hash, live, carried, device, cancellation);
    }

    private async Task<SignedIn?> SaveAsync(string hash, LiveSession live, CarriedCredential? carried, Device device, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var user = await db.LockUserAsync(live.User.Id, live.SessionId, cancellation);
        var own = await db.OpenSessionAsync(user.Id, carried?.Credential.SessionId == live.SessionId ? carried : null, cancellation);
        user.SetPassword(hash);
        await revocation.RevokeAsync(user, RevocationReason.PasswordChanged, device, cancellation);
        await notice.AddAsync(SecurityEventKind.PasswordChanged, user, live.SessionId, device, cancellation);
        var signedIn = own is null ? null : await door.ContinueAsync(user, own, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return signedIn;
    }
}
