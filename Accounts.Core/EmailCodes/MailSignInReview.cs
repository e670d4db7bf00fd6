using System.Net;
using Accounts.Core.Data;
using Accounts.Core.Failures;
using Accounts.Core.MailedTokens;
using Microsoft.EntityFrameworkCore;

namespace Accounts.Core.EmailCodes;

/// <summary>What the link's page shows before anything is done.</summary>
/// <param name="Email">that the mail went to</param>
/// <param name="NewAccount">whether an account is made by it</param>
/// <param name="SameBrowser">whether this is the browser that had it sent</param>
/// <param name="Asked">the device that had it sent</param>
/// <param name="At">when that was</param>
public sealed record ReviewedSignIn(string Email, bool NewAccount, bool SameBrowser, Device Asked, DateTimeOffset At)
{
    /// <summary>To be typed in the browser that waits; null in that one.</summary>
    public string? Code { get; init; }

    public override string ToString() => nameof(ReviewedSignIn);
}

/// <summary>The page that the link opens: it looks, which changes nothing, and signs nobody in in a strange browser: there it shows the code that the other one waits for.</summary>
public sealed class MailSignInReview(AccountsDb db, MailedTokenStore tokens, MailedCodes codes)
{
    /// <exception cref="RefusedException">the link is good no more, or its code elsewhere</exception>
    public async Task<ReviewedSignIn> LookAsync(string text, Guid[] attempts, CancellationToken cancellation)
    {
        var token = await tokens.FindForSignInAsync(text, cancellation);
        var isNew = token.UserId is null && !await db.Users.AnyAsync(u => u.NormalizedEmail == token.EmailKey, cancellation);
        var reviewed = new ReviewedSignIn(token.Email, isNew, PresentedMailSignIn.IsOf(token, attempts), new Device(IPAddress.Parse(token.Ip!), token.UserAgent!), token.CreatedAt);
        return reviewed.SameBrowser ? reviewed : reviewed with { Code = CodeOf(token, text) };
    }

    /// <summary>One that wrong tries have closed is not worth typing.</summary>
    private string CodeOf(MailedToken token, string text) =>
        (token.Attempts < MailedToken.MostAttempts ? codes.Shown(token, text) : null) ?? throw MailedTokenStore.Invalid();
}
