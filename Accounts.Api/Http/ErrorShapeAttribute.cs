using System.Text.Json.Nodes;
using Accounts.Core.Failures;

namespace Accounts.Api.Http;

/// <summary>A failure as it is told.</summary>
/// <param name="Status">of the answer</param>
/// <param name="Body">of the answer</param>
public sealed record ShapedError(int Status, JsonObject Body);

/// <summary>The endpoint tells failures in the shape of another API. What fails, and what else the answer says of it (headers, caching, CORS), is as everywhere.</summary>
public abstract class ErrorShapeAttribute : Attribute
{
    /// <param name="endpoint">what else it says of itself</param>
    /// <param name="failure">that is told</param>
    /// <param name="usual">how it is told elsewhere</param>
    public abstract ShapedError Shape(EndpointMetadataCollection endpoint, AccountsException failure, ShapedError usual);
}
