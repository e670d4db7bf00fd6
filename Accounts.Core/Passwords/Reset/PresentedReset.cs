using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords.Reset;

/// <summary>Finds the token that somebody sets a new password with, by the mailed link or by the code of the same mail.</summary>
public sealed class PresentedReset(MailedTokenStore tokens, MailedCodes codes, CodeThrottle throttle, SecurityLog events)
{
    private const string OfAddress =
        $"t.used_at IS NULL AND EXISTS (SELECT FROM users u WHERE u.id = t.user_id AND u.email_key = @email AND u.email = t.email AND {LiveUser.Sql})";

    /// <summary>Spends nothing: what turns out to be wrong besides may be corrected.</summary>
    /// <exception cref="RefusedException">none that is unspent and within its life; or not its code, which is counted, or one that is closed by too many wrong ones</exception>
    public Task<FoundToken> FindAsync(PasswordResetForm form, Guid[] attempts, Device device, CancellationToken cancellation) => form switch
    {
        ResetByLink link => tokens.FindAsync(link.Token, TokenPurpose.Reset, cancellation),
        // Only what somebody has can be tried, and a try is written: the time must not tell.
        ResetByCode code => UniformTiming.RunAsync(() => FindByCodeAsync(code, attempts, device, cancellation), cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    /// <exception cref="RefusedException">it is spent or revoked by now, or too old</exception>
    public Task<FoundToken> FindAgainAsync(MailedToken token, CancellationToken cancellation) => tokens.FindAgainAsync(token, cancellation);

    private async Task<FoundToken> FindByCodeAsync(ResetByCode form, Guid[] attempts, Device device, CancellationToken cancellation)
    {
        var candidates = await codes.CountTryAsync(TokenPurpose.Reset, form.Email, attempts, OfAddress, cancellation);
        var match = candidates is [{ UserId: { } userId }, ..] ? await MatchAsync(candidates, form, userId, device, cancellation) : null;
        if (match is null)
        {
            throw MailedTokenStore.Invalid();
        }
        await codes.TakeBackAsync(match, cancellation);
        return await tokens.FindAgainAsync(match, cancellation);
    }

    /// <summary>Past the limit the right one is refused as a wrong one is: another answer would tell that somebody has the address.</summary>
    private async Task<MailedToken?> MatchAsync(List<MailedToken> candidates, ResetByCode form, Guid userId, Device device, CancellationToken cancellation)
    {
        try
        {
            MailedToken? match = null;
            if (!await throttle.TryAsync(form.Email, isKnown: false, () => (match = candidates.Find(token => codes.Fits(token, form.Code))) is not null, cancellation))
            {
                events.Count(SecurityEventKind.SignInFailed, userId, device);
            }
            return match;
        }
        catch (ThrottledException)
        {
            events.Count(SecurityEventKind.SignInLocked, userId, device);
            return null;
        }
    }
}
