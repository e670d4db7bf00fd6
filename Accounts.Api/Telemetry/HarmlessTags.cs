using System.Diagnostics;
using System.Collections.Frozen;
using OpenTelemetry;

namespace Accounts.Api.Telemetry;

/// <summary>
/// Of a span only what says nothing about a person leaves the process. What is not listed goes, whoever puts it there: paths
/// and queries, the address and the browser of who asks, the Host that a request claims.
/// </summary>
internal sealed class HarmlessTags : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Any = FrozenSet.Create(StringComparer.Ordinal,
        "http.request.method", "http.response.status_code", "http.route", "url.scheme", "network.protocol.version", "error.type",
        // Statements are SQL of ours: what was typed is in their parameters, which are not recorded.
        "db.system.name", "db.namespace", "db.query.text", "db.operation.name", "db.response.status_code", "db.npgsql.data_source");

    /// <summary>Of whom we call: the database, a provider, as the settings name them.</summary>
    private static readonly FrozenSet<string> OfCalls = FrozenSet.Create(StringComparer.Ordinal, "server.address", "server.port");

    public override void OnEnd(Activity data)
    {
        foreach (var (name, _) in data.TagObjects.Where(tag => !IsHarmless(data, tag.Key)).ToArray())
        {
            data.SetTag(name, null);
        }
        if (data.StatusDescription is not null)
        {
            data.SetStatus(data.Status);
        }
    }

    private static bool IsHarmless(Activity span, string name) => Any.Contains(name) || (span.Kind == ActivityKind.Client && OfCalls.Contains(name));
}
