using Accounts.Api.Clients;
using Accounts.Api.Registration;
using Accounts.Core.Registration;

namespace Accounts.Api.Compatibility;

/// <summary>Signing up, and confirming the address, as our own endpoints have it.</summary>
public sealed class AliasSignUp(UserRegistration registration, InvitedRegistration invited, EmailVerification verification, RegisteredBrowser browser)
{
    /// <returns>the id of the user or, with HideExistingAccounts, of who waits to become one; null by an invitation</returns>
    /// <inheritdoc cref="UserRegistration.RegisterAsync" path="/exception"/>
    public async Task<Guid?> RegisterAsync(HttpContext context, RegistrationForm form, CancellationToken cancellation)
    {
        browser.DemandTransport(context);
        if (form.Invitation is { } invitation)
        {
            await invited.RegisterAsync(form, invitation, context.Device(), cancellation);
            return null;
        }
        var userId = await registration.RegisterAsync(form, context.Device(), cancellation);
        browser.Keep(context, userId);
        return userId;
    }

    /// <inheritdoc cref="EmailVerification.VerifyAsync" path="/exception"/>
    public async Task VerifyAsync(HttpContext context, VerificationForm form, CancellationToken cancellation) =>
        await verification.VerifyAsync(form, await browser.EvidenceAsync(context, form.Attempt, cancellation), context.Device(), cancellation);
}
