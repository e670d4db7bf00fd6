using System.Runtime.CompilerServices;
using Accounts.Api.Origins;
using Accounts.Core.Checkup;
using Accounts.Core.Throttling;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Checkup;

/// <summary>Whether guessing is slowed down, and nobody can choose whom it is held against.</summary>
public sealed class ThrottlingCheck(IOptions<ThrottlingOptions> throttling, IOptions<OriginOptions> origins) : ICheck
{
    public string Name => "throttling";

    public string WhenWell => "Guessing is slowed down, and every client counts by itself.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (!throttling.Value.Enabled)
        {
            yield return Fault.Problem("Accounts__Throttling__Enabled is false: passwords and codes can be guessed without end. Leave it out.");
        }
        foreach (var network in WideProxies.Of(origins.Value))
        {
            yield return Fault.Problem(WideProxies.Text(network));
        }
    }
}
