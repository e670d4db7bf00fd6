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
    public SignInRequest Request(HttpContext context, bool remember, bool restore)
    {
        codec.TryRead(RequestCookies.Single(context.Request, cookie.Name), out var brought);
        return new SignInRequest(context.Device(), new SessionKind(remember, transport.AskedFor(context.Request)), brought) { Restore = restore };
    }
}
