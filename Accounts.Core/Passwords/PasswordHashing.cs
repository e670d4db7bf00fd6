using System.Text;
using Accounts.Core.Failures;
using Accounts.Core.Passwords.Hashing;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Passwords;

/// <summary>
/// Hashing, made safe to stand in the way of everybody: in the <see cref="HashingPool"/>, at the cost of a user's for
/// who is none, and of NFC, so that a password is the same whichever way a keyboard spells its accents.
/// </summary>
public sealed class PasswordHashing(IPasswordHasher<User> hasher, PasswordDecoys decoys, HashingPool pool, IOptions<PasswordOptions> options)
{
    /// <summary>As much as new hashes take: what asks for more is computed one at a time.</summary>
    private readonly int usualKiB = Math.Max(options.Value.MemoryKiB, PasswordOptions.FewestMemoryKiB);

    /// <summary>The first step of storing a password.</summary>
    /// <exception cref="UnavailableException">too many wait already</exception>
    public HashingPlace Take(HashingParty party) => pool.Take(party);

    /// <summary>The first step of trying one, before anything is counted: a place for each form that it is tried in.</summary>
    /// <exception cref="UnavailableException">too many wait already</exception>
    public HashingPlace TakeToVerify(HashingParty party, string password) => pool.Take(party, Composed(password) == password ? 1 : 2);

    /// <exception cref="UnavailableException">it could not begin in time</exception>
    public Task<string> HashAsync(HashingPlace place, string password, CancellationToken cancellation) =>
        place.RunAsync(() => hasher.HashPassword(null!, Composed(password)), cancellation);

    /// <summary>Where there is no user, or no hash of theirs that is obeyed, a decoy is tried in its place and the answer is <see cref="PasswordVerificationResult.Failed"/>.</summary>
    /// <param name="place">taken for this password</param>
    /// <param name="user">null where nobody stands behind the identifier</param>
    /// <param name="identifier">what was typed, as it is compared</param>
    /// <param name="password">as it was typed</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="UnavailableException">it could not begin in time</exception>
    public async Task<PasswordVerificationResult> VerifyAsync(
        HashingPlace place, User? user, string identifier, string password, CancellationToken cancellation)
    {
        var own = user?.PasswordHash is { } hash && StoredHash.IsObeyed(hash) ? hash : null;
        var tried = own ?? decoys.For(identifier);
        var lane = StoredHash.TakesMemory(tried, usualKiB) ? pool.OneAtATime : pool.Usual;
        var result = await place.RunAsync(lane, () => Try(hasher, tried, password), cancellation);
        return own is null ? PasswordVerificationResult.Failed : result;
    }

    /// <inheritdoc cref="ForeignHash.Verify"/>
    internal static bool IsOf(IPasswordHasher<User> hasher, string hash, string password) => Try(hasher, hash, password) != PasswordVerificationResult.Failed;

    /// <summary>In NFC, then as it was typed: so it was hashed by a server that did not normalise, and is not any more.</summary>
    private static PasswordVerificationResult Try(IPasswordHasher<User> hasher, string hash, string password)
    {
        var composed = Composed(password);
        var result = hasher.VerifyHashedPassword(null!, hash, composed);
        if (result != PasswordVerificationResult.Failed || composed == password)
        {
            return result;
        }
        return hasher.VerifyHashedPassword(null!, hash, password) == PasswordVerificationResult.Failed
            ? PasswordVerificationResult.Failed
            : PasswordVerificationResult.SuccessRehashNeeded;
    }

    private static string Composed(string password) => password.InForm(NormalizationForm.FormC);
}
