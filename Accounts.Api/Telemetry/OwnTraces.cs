using System.Diagnostics;

namespace Accounts.Api.Telemetry;

/// <summary>
/// Traces begin and end here: a stranger's headers neither name a request's trace, nor decide that it is recorded, nor put
/// words into it, and no identity provider gets ours.
/// </summary>
public sealed class OwnTraces : DistributedContextPropagator
{
    public override IReadOnlyCollection<string> Fields => [];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        (traceId, traceState) = (null, null);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
