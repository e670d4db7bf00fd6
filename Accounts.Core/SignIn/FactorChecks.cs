using Accounts.Core.Audit;
using Accounts.Core.Failures;
using Accounts.Core.Tokens;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>All checks of second factors. What fails counts as a failed sign-in.</summary>
public sealed class FactorChecks(IEnumerable<IFactorCheck> checks, SecurityLog events)
{
    /// <returns>by what the user has proved a second factor, for <c>amr</c></returns>
    /// <exception cref="AuthenticationFailedException">it proves nothing</exception>
    /// <exception cref="ThrottledException">too many have failed before</exception>
    public async Task<string[]> DemandAsync(User user, FactorProof given, Device device, CancellationToken cancellation)
    {
        if (await checks.Single(check => check.Takes(given)).TryAsync(user, given, device, cancellation) is { } methods)
        {
            return [.. methods, AuthenticationLevel.Multiple];
        }
        events.Count(SecurityEventKind.SignInFailed, user.Id, device);
        throw AuthenticationFailedException.InvalidCredentials();
    }
}
