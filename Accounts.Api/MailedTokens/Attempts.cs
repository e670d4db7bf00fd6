using Accounts.Api.Cookies;
using Accounts.Api.Sessions;

namespace Accounts.Api.MailedTokens;

/// <summary>How a browser that has a code mailed is known again when the code is typed: by cookie, or by the <c>attempt</c> that a client without them sends back.</summary>
public sealed class Attempts(AttemptCookie cookie, TokenTransport transport)
{
    internal const string AboutAttempt = "What a client without cookies got as `attempt` when it registered, or had a mail sent.";

    /// <summary>The name of the browser that asks: the one that it has, or a new one.</summary>
    /// <param name="context">of the request</param>
    /// <param name="given">the attempt of the body; null for none</param>
    public Guid Of(HttpContext context, string? given) => cookie.Of(context, given);

    /// <summary>The names whose codes count in the browser that has typed one.</summary>
    /// <inheritdoc cref="Of"/>
    public Guid[] AllOf(HttpContext context, string? given) => cookie.AllOf(context, given);

    /// <summary>Before anything is done.</summary>
    /// <exception cref="Core.Failures.PermissionDeniedException">it asks for the attempt in the body, and its origin may have nothing in bodies</exception>
    public void DemandTransport(HttpContext context) => transport.IsBodyAskedFor(context.Request);

    /// <summary>Once the mail has been asked for.</summary>
    /// <param name="context">of the request</param>
    /// <param name="attempt">the name of the browser</param>
    /// <param name="lifetime">of the code in the mail</param>
    /// <param name="given">the attempt of the body; null for none</param>
    /// <returns>what goes into the body: nothing, where a cookie is set</returns>
    public string? Keep(HttpContext context, Guid attempt, TimeSpan lifetime, string? given)
    {
        if (transport.IsBodyAskedFor(context.Request))
        {
            return cookie.Issue(attempt, lifetime, given);
        }
        cookie.Set(context, attempt, lifetime);
        return null;
    }
}
