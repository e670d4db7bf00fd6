using Accounts.Api.Clients;
using Accounts.Api.Cookies;
using Accounts.Api.Sessions;
using Accounts.Core.Failures;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;

namespace Accounts.Api.SignIn;

/// <summary>What a script that signs somebody in asks for, and the session that its browser has already.</summary>
public sealed class ClientSignIn(TokenTransport transport, RefreshCookie cookie, RefreshTokenCodec codec)
{
    /// <exception cref="PermissionDeniedException">the origin may not use body mode</exception>
    public SignInRequest Request(HttpContext context, bool remember, bool restore = false) =>
        new(context.Device(), new SessionKind(remember, transport.AskedFor(context.Request)), Brought(context.Request)) { Restore = restore };

    /// <summary>The refresh token whose session a new sign-in in this browser replaces; null for none that can be read.</summary>
    public RefreshToken? Brought(HttpRequest request)
    {
        codec.TryRead(RequestCookies.Single(request, cookie.Name), out var brought);
        return brought;
    }
}
