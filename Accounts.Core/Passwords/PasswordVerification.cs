using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.SignIn;
using Accounts.Core.Throttling;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;

namespace Accounts.Core.Passwords;

/// <summary>The password of who is signed in, asked for once more.</summary>
/// <param name="Text">as it was typed</param>
/// <param name="Field">as on the wire</param>
/// <param name="Mistake">what the field is told where it is not the password</param>
public sealed record TypedPassword(string Text, string Field, Sentence Mistake)
{
    /// <summary>Typed once more to confirm an act.</summary>
    public static TypedPassword ToConfirm(string text) => new(text, "password", "Your password was entered incorrectly. Please enter it again.");

    public override string ToString() => nameof(TypedPassword);
}

/// <summary>
/// Checks a typed password, wherever one is asked for, in the one safe order: a place to hash, the atomic count, the
/// hash. Without a place nothing is counted, past the count nothing is hashed.
/// </summary>
public sealed class PasswordVerification(
    PasswordHashing hashing, AccountThrottle throttle, KnownDevices devices, SecurityLog events, RightPasswordNotice notice)
{
    /// <summary>In <c>amr</c> (RFC 8176).</summary>
    public const string Method = "pwd";

    /// <summary>Counted as a failed sign-in: this must be no second place to guess at.</summary>
    /// <exception cref="InvalidInputException">it is not the user's</exception>
    /// <exception cref="ThrottledException">too many have failed before</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long; nothing has been counted</exception>
    public async Task DemandAsync(User user, TypedPassword typed, Device device, CancellationToken cancellation)
    {
        try
        {
            await DemandAsync(user, user.NormalizedEmail!, typed.Text, device, cancellation);
        }
        catch (AuthenticationFailedException)
        {
            var errors = new FieldErrors();
            errors.Add(typed.Field, typed.Mistake);
            throw new InvalidInputException(errors);
        }
    }

    /// <param name="user">null where nobody stands behind the identifier: counted and hashed all the same</param>
    /// <param name="identifier">what was typed, as it is compared</param>
    /// <returns>that it is the user, with the password's hash as it is made today where the stored one was made otherwise</returns>
    /// <exception cref="AuthenticationFailedException">it is not the password of a user who lives, or has deleted their account and may come back, or is frozen</exception>
    /// <exception cref="ThrottledException">too many have failed before</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long; nothing has been counted</exception>
    public async Task<Proof> DemandAsync(User? user, string identifier, string password, Device device, CancellationToken cancellation)
    {
        var known = user is null ? null : devices.NameFor(device.Cookie, user);
        using var place = hashing.TakeToVerify(known is null ? HashingParty.Anybody(device) : HashingParty.KnownDevice(device, user!.Id), password);
        var attempt = await CountAsync(user, identifier, device, known, cancellation);
        var result = await TryAsync(place, attempt, user, identifier, password, cancellation);
        if (result == PasswordVerificationResult.Failed || !user.IsThere())
        {
            Record(SecurityEventKind.SignInFailed, user, device);
            throw AuthenticationFailedException.InvalidCredentials();
        }
        if (await throttle.ForgetAsync(attempt, cancellation))
        {
            notice.AddAfterFailures(user, device);
        }
        await notice.AddOutdatedAsync(user, cancellation);
        return new Proof(user, Method)
        {
            Rehashed = result == PasswordVerificationResult.SuccessRehashNeeded ? await hashing.HashAsync(place, password, cancellation) : null,
        };
    }

    /// <summary>By the address of the account, whichever of its identifiers was typed: it has one budget of guesses. Nobody's is counted by itself.</summary>
    private async Task<CountedAttempt> CountAsync(User? user, string identifier, Device device, string? known, CancellationToken cancellation)
    {
        try
        {
            return await throttle.CountAsync(user?.NormalizedEmail ?? identifier, device, known, cancellation);
        }
        catch (ThrottledException)
        {
            Record(SecurityEventKind.SignInLocked, user, device);
            throw;
        }
    }

    /// <summary>A password that could not be tried in time was no guess.</summary>
    private async Task<PasswordVerificationResult> TryAsync(
        HashingPlace place, CountedAttempt attempt, User? user, string identifier, string password, CancellationToken cancellation)
    {
        try
        {
            return await hashing.VerifyAsync(place, user, identifier, password, cancellation);
        }
        catch (UnavailableException)
        {
            await throttle.TakeBackAsync(attempt);
            throw;
        }
    }

    /// <summary>Nobody's failures are counted as one user's, and take as long; their rows are swept like any.</summary>
    private void Record(SecurityEventKind kind, User? user, Device device) => events.Count(kind, user?.Id ?? Guid.Empty, device);
}
