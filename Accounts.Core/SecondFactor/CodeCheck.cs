using Accounts.Core.Data;
using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor;

/// <summary>Codes, wherever a second factor is proved.</summary>
internal sealed class CodeCheck(AccountsDb db, FactorCodes codes) : IFactorCheck
{
    public bool Takes(FactorProof given) => given is FactorByCode;

    public async Task<string[]?> TryAsync(User user, FactorProof given, Device device, CancellationToken cancellation)
    {
        var methods = await codes.TryAsync(user, ((FactorByCode)given).Code, device, cancellation);
        await db.SaveChangesAsync(cancellation);
        return methods;
    }
}
