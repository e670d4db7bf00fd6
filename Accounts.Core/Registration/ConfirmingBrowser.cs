using Accounts.Core.Failures;
using Accounts.Core.Passwords;
using Accounts.Core.Secrets;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Registration;

/// <summary>
/// Whether who confirms an address is who registered it: by the browser, or with
/// <see cref="RegistrationOptions.RequireSameBrowser"/> by the password.
/// </summary>
public sealed class ConfirmingBrowser(BrowserProof proofs, PasswordVerification passwords, IOptions<RegistrationOptions> options)
{
    /// <exception cref="PermissionDeniedException">a proof is required and did not come along</exception>
    /// <exception cref="AuthenticationFailedException">wrong password; counted as a failed sign-in</exception>
    public async Task<Confirmation> ExamineAsync(
        VerificationForm form, User user, BrowserEvidence evidence, Device device, CancellationToken cancellation)
    {
        var sameBrowser = evidence.IsOf(user, proofs);
        var demands = options.Value.RequireSameBrowser && !sameBrowser;
        if (demands)
        {
            await DemandPasswordAsync(form.Password, user, device, cancellation);
        }
        return new Confirmation(By(form, sameBrowser), IsOwners: sameBrowser || demands);
    }

    private async Task DemandPasswordAsync(string? password, User user, Device device, CancellationToken cancellation)
    {
        if (string.IsNullOrEmpty(password))
        {
            throw new PermissionDeniedException(ErrorCode.ConfirmationRequired);
        }
        await passwords.DemandAsync(user, user.NormalizedEmail!, password, device, cancellation);
    }

    private static VerifiedBy By(VerificationForm form, bool sameBrowser) => form switch
    {
        // A code that was asked for elsewhere shows, like a link, who reads the mail and not who made the account.
        _ when !sameBrowser => VerifiedBy.LinkElsewhere,
        VerificationByCode => VerifiedBy.Code,
        _ => VerifiedBy.LinkInSameBrowser,
    };
}

/// <summary>How an address is confirmed.</summary>
/// <param name="By">what is noted</param>
/// <param name="IsOwners">whether it showed that who reads the mail is who made the account</param>
public sealed record Confirmation(VerifiedBy By, bool IsOwners);
