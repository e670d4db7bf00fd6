using System.Runtime.CompilerServices;
using Accounts.Core.Failures;
using Accounts.Core.SigningKeys;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Checkup;

/// <summary>Whether the secret keys that are set open the signing keys that are stored.</summary>
public sealed class KeysCheck(IServiceScopeFactory scopes) : ICheck
{
    public string Name => "keys";

    public string WhenWell => "The secret keys open every signing key.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await LockedAsync(scope.ServiceProvider.GetRequiredService<SigningKeyStore>(), cancellation) is { } fault)
        {
            yield return fault;
        }
    }

    private static async Task<Fault?> LockedAsync(SigningKeyStore store, CancellationToken cancellation)
    {
        try
        {
            await store.DemandOpenAsync(cancellation);
            return null;
        }
        catch (StartupException e)
        {
            return Fault.Problem(e.Message);
        }
    }
}
