using System.Runtime.CompilerServices;
using Accounts.Api.Hosting;
using Accounts.Core.Checkup;

namespace Accounts.Api.Checkup;

/// <summary>The runtime that the server stands on.</summary>
public sealed class RuntimeCheck : ICheck
{
    public string Name => "runtime";

    public string WhenWell => $"ASP.NET Core {RuntimeWarning.Running} is new enough.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        if (RuntimeWarning.IsTooOld(RuntimeWarning.Running))
        {
            yield return Fault.Problem(RuntimeWarning.Text(RuntimeWarning.Running));
        }
    }
}
