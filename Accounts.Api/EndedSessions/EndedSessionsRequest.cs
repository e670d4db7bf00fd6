using Accounts.Api.Http;
using Accounts.Core.EndedSessions;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc;

namespace Accounts.Api.EndedSessions;

/// <summary>From where on.</summary>
public sealed record EndedSessionsRequest
{
    /// <summary>The `cursor` of the answer before; `kept` for all that still counts, at once; without it the answer is empty, and its cursor is of this moment.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <summary>For how many seconds the answer waits while there is nothing to tell, 30 at most; 0 without it.</summary>
    [FromQuery(Name = "wait")]
    public string? Wait { get; init; }

    /// <exception cref="InvalidInputException">the time is none</exception>
    public (string? After, TimeSpan Wait) Read()
    {
        var query = new QueryReader();
        var (after, seconds) = (query.Text("after", After), query.Number("wait", Wait) ?? 0);
        query.Demand();
        return (after, TimeSpan.FromSeconds(Math.Min(seconds, (long)EndedSessionFeed.LongestWait.TotalSeconds)));
    }
}
