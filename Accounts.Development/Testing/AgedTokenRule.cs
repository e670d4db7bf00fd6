using Accounts.Api.Http;
using Microsoft.AspNetCore.Mvc.Filters;

namespace Accounts.Development.Testing;

/// <summary>Before anything looks at it, the token of a request becomes what it is since it was aged: that in the header, and one that a body asks about.</summary>
public sealed class AgedTokenRule(AgedTokens tokens) : IStartupFilter, IActionFilter
{
    private const string Argument = "token";

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((HttpContext context, RequestDelegate go) =>
        {
            if (BearerToken.Read(context.Request) is { } token)
            {
                context.Request.Headers.Authorization = $"Bearer {tokens.AsItIs(token)}";
            }
            return go(context);
        });
        next(app);
    };

    public void OnActionExecuting(ActionExecutingContext context)
    {
        if (context.ActionArguments.TryGetValue(Argument, out var value) && value is string token)
        {
            context.ActionArguments[Argument] = tokens.AsItIs(token);
        }
    }

    public void OnActionExecuted(ActionExecutedContext context)
    {
    }
}
