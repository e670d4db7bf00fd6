using Accounts.Core.Failures;
using Accounts.Core.Users;

namespace Accounts.Core.SignIn;

/// <summary>All gates, one behind the other.</summary>
public sealed class SignInGates(IEnumerable<ISignInGate> gates)
{
    private readonly ISignInGate[] gates = [.. gates.OrderBy(gate => gate.Place)];

    public PermissionDeniedException? Refusal(User user) => gates.Select(gate => gate.Refusal(user)).FirstOrDefault(refusal => refusal is not null);

    /// <summary>Before there is a second factor to prove: what opens for the request opens when it is proved.</summary>
    /// <exception cref="PermissionDeniedException">one stays closed</exception>
    public void Demand(User user, SignInRequest request)
    {
        if (gates.Where(gate => !gate.Opens(request)).Select(gate => gate.Refusal(user)).FirstOrDefault(refusal => refusal is not null) is { } closed)
        {
            throw closed;
        }
    }

    /// <returns>whether one of them had to be opened</returns>
    /// <exception cref="PermissionDeniedException">one stays closed</exception>
    public async Task<bool> PassAsync(User user, SignInRequest request, CancellationToken cancellation)
    {
        var opened = false;
        foreach (var gate in gates)
        {
            if (gate.Refusal(user) is { } refusal)
            {
                opened = await gate.OpenAsync(user, request, cancellation) ? true : throw refusal;
            }
        }
        return opened;
    }
}
