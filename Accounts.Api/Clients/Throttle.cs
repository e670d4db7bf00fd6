using Accounts.Core.Throttling;
using Microsoft.AspNetCore.RateLimiting;

namespace Accounts.Api.Clients;

/// <summary>
/// The limits per client address, of which every action names its own by the framework's attribute. Not by the framework's limiter: that keeps an
/// object for each address and looks at all of them ten times a second.
/// </summary>
public sealed class Throttle(RequestDelegate next, ClientThrottle clients)
{
    public const string SignIn = "sign-in", Registration = "registration", Others = "others";

    public Task InvokeAsync(HttpContext context)
    {
        if (BudgetOf(context.GetEndpoint()?.Metadata) is { } budget)
        {
            clients.Demand(budget, ClientDevice.Ip(context));
        }
        return next(context);
    }

    private static ClientBudget? BudgetOf(EndpointMetadataCollection? metadata) =>
        metadata?.GetMetadata<EnableRateLimitingAttribute>() is not { PolicyName: { } name } || metadata.GetMetadata<DisableRateLimitingAttribute>() is not null ? null : name switch
        {
            SignIn => ClientBudget.SignIn,
            // What is no registration yet, for its fields are at fault, is a request like others.
            Registration or Others => ClientBudget.Other,
            _ => throw new InvalidOperationException($"There is no limit \"{name}\"."),
        };
}
