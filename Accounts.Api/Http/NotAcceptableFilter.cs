using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>Refuses a request whose Accept header JSON cannot satisfy, before anything is done. Browsers' text/html gets JSON.</summary>
public sealed class NotAcceptableFilter : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        var accept = context.HttpContext.Request.Headers.Accept;
        if (accept.Count > 0 && MediaTypeHeaderValue.TryParseList(accept, out var types) && types.Count > 0 && !types.Any(type => Suits(type) || IsOfLines(type, context.ActionDescriptor)))
        {
            throw new RequestRefusedException(ErrorCode.NotAcceptable);
        }
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }

    private static bool IsOfLines(MediaTypeHeaderValue type, ActionDescriptor action) =>
        type.Quality is not 0 && type.MatchesMediaType(StreamsLinesAttribute.MediaType) && action.EndpointMetadata.OfType<StreamsLinesAttribute>().Any();

    private static bool Suits(MediaTypeHeaderValue type) => type.Quality is not 0 && (type.MatchesAllTypes
        || type.MatchesMediaType("application/json") || type.MatchesMediaType("text/html"));
}
