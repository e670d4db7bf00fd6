using Accounts.Api.Cookies;
using Accounts.Api.Sessions;
using Accounts.Core.Registration;

namespace Accounts.Api.Registration;

/// <summary>How a browser that registers or has a code mailed is known again when it confirms: by cookies, or by the <c>attempt</c> that a client without them sends back.</summary>
public sealed class Attempts(RegistrationCookie registration, AttemptCookie attempts, TokenTransport transport, Visitor visitor)
{
    /// <param name="context">of a request that confirms, or looks at what there is to confirm</param>
    /// <param name="attempt">of the body; null for none</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<BrowserEvidence> EvidenceAsync(HttpContext context, string? attempt, CancellationToken cancellation) =>
        new(await visitor.UserAsync(context, cancellation), [.. registration.Read(context), attempts.Read(context), attempt]);

    /// <summary>The name of the browser that asks: the one that it has, or a new one.</summary>
    /// <param name="context">of the request</param>
    /// <param name="given">the attempt of the body; null for none</param>
    public Guid Of(HttpContext context, string? given) => attempts.Of(context, given);

    /// <summary>Before anything is done.</summary>
    /// <exception cref="Core.Failures.PermissionDeniedException">it asks for the attempt in the body, and its origin may have nothing in bodies</exception>
    public void DemandTransport(HttpContext context) => transport.IsBodyAskedFor(context.Request);

    /// <summary>Once the mail has been asked for.</summary>
    /// <returns>what goes into the body: nothing, where a cookie is set</returns>
    public string? Keep(HttpContext context, Guid attempt)
    {
        if (transport.IsBodyAskedFor(context.Request))
        {
            return attempts.Issue(attempt);
        }
        attempts.Set(context, attempt);
        return null;
    }

    /// <inheritdoc cref="Keep"/>
    /// <summary>Once the user, or what waits to become one, is registered.</summary>
    public string? KeepRegistered(HttpContext context, Guid userId)
    {
        if (transport.IsBodyAskedFor(context.Request))
        {
            return registration.Issue(userId);
        }
        registration.Set(context, userId);
        return null;
    }
}
