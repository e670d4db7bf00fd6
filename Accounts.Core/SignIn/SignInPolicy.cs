using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn.Tickets;
using Accounts.Core.TrustedDevices;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>Who is let in, who has more to prove first, and who is not.</summary>
public sealed class SignInPolicy(SignInGates gates, SignInMethods methods, SignInTickets tickets, FactorRequirement requirement, DeviceTrust trust)
{
    /// <summary>Why the user is let in by no proof; null where they are.</summary>
    public PermissionDeniedException? Refusal(User user) => gates.Refusal(user);

    /// <summary>Whether the user must have a second factor and has none: they get no token before they have added one.</summary>
    public bool MustEnrol(User user) => methods.FactorsOf(user.Ways).Length == 0 && requirement.Holds(user.Roles);

    /// <returns>with a ticket, which is saved with what the proof has spent, by the caller; null where the proof is enough</returns>
    /// <exception cref="PermissionDeniedException">a gate would stay closed whatever else is proved</exception>
    public async Task<SecondFactorDue?> DueAsync(Proof proof, SignInRequest request, CancellationToken cancellation)
    {
        var (user, factors) = (proof.User, methods.FactorsOf(proof.User.Ways));
        if (proof.IsByTwo || (factors.Length == 0 ? !requirement.Holds(user.Roles) : await IsTrustedAsync(user, request, cancellation)))
        {
            return null;
        }
        gates.Demand(user, request);
        return new SecondFactorDue(factors.Length == 0
            ? await tickets.AddForEnrolmentAsync(proof, request, cancellation)
            : await tickets.AddAsync(proof, request, factors, cancellation));
    }

    /// <summary>Who wants the token in bodies has no cookies, and none is looked at.</summary>
    private async Task<bool> IsTrustedAsync(User user, SignInRequest request, CancellationToken cancellation) =>
        request.Kind.Transport.KeepsCookies() && await trust.SparesAsync(user, request.Device, cancellation);

    /// <inheritdoc cref="SignInGates.PassAsync"/>
    public Task<bool> PassAsync(User user, SignInRequest request, CancellationToken cancellation) => gates.PassAsync(user, request, cancellation);
}
