using Accounts.Api.Clients;
using Accounts.Api.Http;
using Accounts.Api.MailedTokens;
using Accounts.Api.SignIn;
using Accounts.Core.Passwords;
using Accounts.Core.Passwords.Reset;

namespace Accounts.Api.Compatibility;

/// <summary>A new password, of who is signed in or by the mailed link.</summary>
public sealed class AliasPasswords(PasswordChange change, PasswordResetConfirmation confirmation, SignInAnswer answer, CarriedToken carried, Attempts attempts)
{
    /// <param name="context">of who is signed in</param>
    /// <param name="form">the passwords</param>
    /// <param name="refresh">the refresh token of the body; null for none</param>
    /// <param name="cancellation">ends the wait</param>
    /// <returns>the session that goes on, where the request carried its token; its cookie is set</returns>
    /// <inheritdoc cref="PasswordChange.ChangeAsync" path="/exception"/>
    public async Task<LoginResponse?> ChangeAsync(HttpContext context, PasswordChangeForm form, string? refresh, CancellationToken cancellation)
    {
        var signedIn = await change.ChangeAsync(form, context.LiveSession(), carried.Of(context.Request, refresh), context.Device(), cancellation);
        return signedIn is null ? null : answer.To(context, signedIn);
    }

    /// <inheritdoc cref="PasswordResetConfirmation.ConfirmAsync" path="/exception"/>
    public Task ResetAsync(HttpContext context, PasswordResetForm form, CancellationToken cancellation) =>
        confirmation.ConfirmAsync(form, attempts.AllOf(context, null), context.Device(), cancellation);
}
