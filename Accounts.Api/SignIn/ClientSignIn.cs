using Accounts.Api.Clients;
using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;

namespace Accounts.Api.SignIn;

/// <summary>What a script that signs somebody in asks for, and the session that its browser has already.</summary>
public sealed class ClientSignIn(TokenTransport transport, CarriedTokens carried)
{
    /// <exception cref="PermissionDeniedException">the origin may not use body mode</exception>
    public SignInRequest Request(HttpContext context, bool remember, bool restore = false) =>
        new(context.Device(), new SessionKind(remember, transport.AskedFor(context.Request)), Brought(context.Request)) { Restore = restore };

    /// <summary>The tokens whose sessions a new sign-in in this browser replaces, as far as they can be read.</summary>
    public SessionCredential[] Brought(HttpRequest request) => carried.InCookies(request);
}
