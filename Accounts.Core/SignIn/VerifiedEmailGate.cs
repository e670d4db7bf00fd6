using Accounts.Core.Failures;
using Accounts.Core.Users;
using Microsoft.Extensions.Options;

namespace Accounts.Core.SignIn;

/// <summary>Keeps out who has not proved their address, where that is asked for.</summary>
internal sealed class VerifiedEmailGate(IOptions<SignInOptions> options) : ISignInGate
{
    public GatePlace Place => GatePlace.EmailNotVerified;

    public PermissionDeniedException? Refusal(User user) => options.Value.RequireVerifiedEmail && !user.EmailConfirmed
        ? new PermissionDeniedException(ErrorCode.EmailNotVerified) { UserId = user.Id }
        : null;
}
