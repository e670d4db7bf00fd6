using Accounts.Core;
using Accounts.Core.Failures;
using Accounts.Core.Passkeys;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Api.Passkeys;

/// <summary>By a passkey.</summary>
/// <param name="Presented">by the client</param>
/// <param name="Purpose">that its ceremony must have begun for</param>
/// <param name="Context">of the request</param>
public sealed record FactorByPasskey(PresentedPasskey Presented, PasskeyPurpose Purpose, HttpContext Context) : FactorProof;

/// <summary>Passkeys, wherever a second factor is proved.</summary>
internal sealed class PasskeyCheck(PasskeyCeremony ceremony, PasskeyFactor factor) : IFactorCheck
{
    public bool Takes(FactorProof given) => given is FactorByPasskey;

    /// <exception cref="AuthenticationFailedException">it proves nothing, for whatever reason</exception>
    public async Task<string[]?> TryAsync(User user, FactorProof given, Device device, CancellationToken cancellation)
    {
        var by = (FactorByPasskey)given;
        return await factor.SpendAsync(await ceremony.FinishAsync(by.Presented, by.Purpose, user.Id, by.Context), device, cancellation);
    }
}
