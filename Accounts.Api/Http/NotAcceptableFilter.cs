using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Net.Http.Headers;

namespace Accounts.Api.Http;

/// <summary>Refuses a request whose Accept header JSON cannot satisfy, before anything is done. Browsers' text/html gets JSON.</summary>
public sealed class NotAcceptableFilter : IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context) => Demand(context.HttpContext.Request, type => Suits(type) || IsOfLines(type, context.ActionDescriptor));

    /// <summary>For an action that answers nothing but JSON.</summary>
    public static void DemandJson(HttpRequest request) => Demand(request, Suits);

    private static void Demand(HttpRequest request, Func<MediaTypeHeaderValue, bool> suits)
    {
        var accept = request.Headers.Accept;
        if (accept.Count > 0 && MediaTypeHeaderValue.TryParseList(accept, out var types) && types.Count > 0 && !types.Any(suits))
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
