using Accounts.Core.Passkeys;
using Accounts.Core.Users;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Passkeys;

/// <summary>
/// The framework's handler, which checks what authenticators answer, once for each requirement: what it returns as verified is the registration's,
/// so that who wants a verified user must have it refuse the others.
/// </summary>
public sealed class PasskeyHandlers(PasskeyStore store, RelyingParty party, ILoggerFactory logs)
{
    public IPasskeyHandler<User> Of(PasskeyPurpose purpose) => new PasskeyHandler<User>(Users(), Options.Create(new IdentityPasskeyOptions
    {
        ServerDomain = party.Id,
        UserVerificationRequirement = purpose.Requirement() == UserVerification.Required ? "required" : "preferred",
        // A key that cannot keep it still serves as a second factor.
        ResidentKeyRequirement = "preferred",
        AttestationConveyancePreference = "none",
        AuthenticatorTimeout = PasskeyState.Lifetime,
        // In a frame of another site nothing of ours is shown.
        ValidateOrigin = told => ValueTask.FromResult(!told.CrossOrigin && told.TopOrigin is null && party.Origins.Contains(told.Origin, StringComparer.Ordinal)),
    }));

    /// <summary>Nothing but the way to the store: it validates, normalises and hashes for nobody.</summary>
    private UserManager<User> Users() => new(store, Options.Create(new IdentityOptions()), null!, [], [], null!, null!, null!, logs.CreateLogger<UserManager<User>>());
}
