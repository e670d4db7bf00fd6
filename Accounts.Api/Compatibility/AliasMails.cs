using Accounts.Api.Clients;
using Accounts.Api.MailedTokens;
using Accounts.Core.MailedTokens;
using Accounts.Core.Passwords.Reset;
using Accounts.Core.Registration;

namespace Accounts.Api.Compatibility;

/// <summary>Mails that anybody may ask for, whoever has the address; their codes count in the browser that asked.</summary>
public sealed class AliasMails(PasswordReset reset, VerificationResend resend, Attempts attempts)
{
    public async Task ResetAsync(HttpContext context, CodeMailForm form, CancellationToken cancellation)
    {
        attempts.DemandTransport(context);
        var attempt = attempts.Of(context, form.Attempt);
        await reset.AskAsync(form.Address, attempt, context.Device(), cancellation);
        attempts.Keep(context, attempt, MailedToken.ResetLifetime, form.Attempt);
    }

    public async Task VerificationAsync(HttpContext context, CodeMailForm form, CancellationToken cancellation)
    {
        attempts.DemandTransport(context);
        var attempt = attempts.Of(context, form.Attempt);
        await resend.ResendAsync(form.Address, attempt, context.Device(), cancellation);
        attempts.Keep(context, attempt, MailedToken.VerifyLifetime, form.Attempt);
    }
}
