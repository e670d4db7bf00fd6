using Accounts.Core.Audit;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Accounts.Core.Throttling;
using Accounts.Core.Users;

namespace Accounts.Core.EmailCodes;

/// <summary>Finds the token that somebody signs in with, by the code of the mail or by its link: either counts in the browser that had the mail sent, and nowhere else.</summary>
public sealed class PresentedMailSignIn(AccountsDb db, MailedTokenStore tokens, MailedCodes codes, CodeThrottle throttle, SecurityLog events)
{
    private const string OfAddress = "t.used_at IS NULL AND (@email = '' OR t.email_key = @email)";

    /// <summary>Spends nothing: who is refused by the policy may come again with it.</summary>
    /// <exception cref="RefusedException">none of this browser's that is unspent and within its life; or not its code, which is counted, or one that is closed by too many wrong ones</exception>
    public Task<MailedToken> FindAsync(MailSignInForm form, Guid[] attempts, Device device, CancellationToken cancellation) => form switch
    {
        SignInByLink link => FindByLinkAsync(link.Token, attempts, cancellation),
        // Only what somebody has can be tried, and a try is written: the time must not tell.
        SignInByCode code => UniformTiming.RunAsync(() => FindByCodeAsync(code, attempts, device, cancellation), cancellation),
        _ => throw new ArgumentOutOfRangeException(nameof(form)),
    };

    private async Task<MailedToken> FindByLinkAsync(string text, Guid[] attempts, CancellationToken cancellation)
    {
        var token = await tokens.FindForSignInAsync(text, cancellation);
        return IsOf(token, attempts) ? token : throw MailedTokenStore.Invalid();
    }

    /// <summary>Whether a browser has had the mail sent.</summary>
    public static bool IsOf(MailedToken token, Guid[] attempts) => token.AttemptId is { } asked && attempts.Contains(asked);

    private async Task<MailedToken> FindByCodeAsync(SignInByCode form, Guid[] attempts, Device device, CancellationToken cancellation)
    {
        var candidates = await codes.CountTryAsync(TokenPurpose.SignIn, form.Email, attempts, OfAddress, cancellation);
        foreach (var ofAddress in candidates.GroupBy(token => token.EmailKey))
        {
            if (await MatchAsync([.. ofAddress], form.Code, device, cancellation) is { } match)
            {
                await codes.TakeBackAsync(match, cancellation);
                return match;
            }
        }
        throw MailedTokenStore.Invalid();
    }

    /// <summary>Past the limit the right one is refused as a wrong one is: another answer would tell that somebody has the address.</summary>
    private async Task<MailedToken?> MatchAsync(List<MailedToken> candidates, string code, Device device, CancellationToken cancellation)
    {
        try
        {
            MailedToken? match = null;
            if (!await throttle.TryAsync(EmailAddress.Parse(candidates[0].Email), isKnown: false, () => (match = candidates.Find(token => codes.Fits(token, code))) is not null, cancellation))
            {
                Count(SecurityEventKind.SignInFailed, candidates, device);
            }
            return match;
        }
        catch (ThrottledException)
        {
            Count(SecurityEventKind.SignInLocked, candidates, device);
            return null;
        }
    }

    private void Count(SecurityEventKind kind, List<MailedToken> candidates, Device device)
    {
        if (candidates.Find(token => token.UserId is not null) is { UserId: { } userId })
        {
            events.Count(kind, userId, device);
        }
    }

    /// <summary>Inside the caller's transaction, and the user's row first, as everywhere: of several at once one finds it unspent.</summary>
    /// <returns>whose address it is, locked; null where it is nobody's</returns>
    /// <exception cref="RefusedException">somebody has been quicker, or whose address it is has changed meanwhile</exception>
    public async Task<User?> SpendAsync(MailedToken token, CancellationToken cancellation)
    {
        var user = await LockOwnerAsync(token, cancellation);
        await tokens.SpendAsync(token, cancellation);
        return user;
    }

    /// <inheritdoc cref="MailedTokenStore.GiveAsync"/>
    public Task<int> GiveAsync(MailedToken token, User user, CancellationToken cancellation) => tokens.GiveAsync(token, user, cancellation);

    /// <summary>Nobody's address may have become somebody's since the mail was sent, by another tab: it is they who read it.</summary>
    private async Task<User?> LockOwnerAsync(MailedToken token, CancellationToken cancellation)
    {
        var user = token.UserId is { } id ? await db.LockAnyUserAsync(id, cancellation) : await db.LockAnyUserAsync(EmailAddress.Parse(token.Email), cancellation);
        if (user is null)
        {
            return token.UserId is null ? null : throw MailedTokenStore.Invalid();
        }
        return user.IsThere() && user.NormalizedEmail == token.EmailKey ? user : throw MailedTokenStore.Invalid();
    }
}
