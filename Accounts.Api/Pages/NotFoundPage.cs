using Accounts.Api.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Pages;

/// <summary>Tells a person that there is no such page, by a page; below <c>/api</c>, and to scripts, JSON says so.</summary>
public sealed class NotFoundPage(RequestDelegate next, IOptions<PagesOptions> options)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (options.Value.Enabled && IsBare(context.Response) && context.Request.IsNavigation() && !context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase))
        {
            await Page.Show(context, "not-found", StatusCodes.Status404NotFound).ExecuteResultAsync(new ActionContext(context, context.GetRouteData(), new ActionDescriptor()));
        }
    }

    private static bool IsBare(HttpResponse response) =>
        response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null } && response.ContentLength is null or 0;
}
