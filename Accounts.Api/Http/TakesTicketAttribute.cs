namespace Accounts.Api.Http;

/// <summary>
/// Beside <c>[Authorize]</c>: who comes without an access token reaches the action all the same, which demands the ticket of a sign-in that waits
/// in its place. Who comes with both is taken by the ticket.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class TakesTicketAttribute : Attribute
{
    /// <summary>Whether whoever was refused may go on.</summary>
    public static bool LetsOn(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<TakesTicketAttribute>() is not null && context.Features.Get<Core.Sessions.LiveSession>() is null;
}
