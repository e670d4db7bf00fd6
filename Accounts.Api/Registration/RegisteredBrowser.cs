using Accounts.Api.Cookies;
using Accounts.Api.Sessions;
using Accounts.Core.Registration;

namespace Accounts.Api.Registration;

/// <summary>How a browser that registers is known again when it confirms: by cookies, or by the <c>attempt</c> that a client without them sends back.</summary>
public sealed class RegisteredBrowser(RegistrationCookie registration, AttemptCookie attempts, TokenTransport transport, Visitor visitor)
{
    /// <param name="context">of a request that confirms, or looks at what there is to confirm</param>
    /// <param name="attempt">of the body; null for none</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<BrowserEvidence> EvidenceAsync(HttpContext context, string? attempt, CancellationToken cancellation) =>
        new(await visitor.UserAsync(context, cancellation), [.. registration.Read(context), attempts.Read(context), attempt]);

    /// <summary>Before anything is done.</summary>
    /// <exception cref="Core.Failures.PermissionDeniedException">it asks for the attempt in the body, and its origin may have nothing in bodies</exception>
    public void DemandTransport(HttpContext context) => transport.IsBodyAskedFor(context.Request);

    /// <summary>Once the user, or what waits to become one, is registered.</summary>
    /// <returns>what goes into the body: nothing, where a cookie is set</returns>
    public string? Keep(HttpContext context, Guid userId)
    {
        if (transport.IsBodyAskedFor(context.Request))
        {
            return registration.Issue(userId);
        }
        registration.Set(context, userId);
        return null;
    }
}
