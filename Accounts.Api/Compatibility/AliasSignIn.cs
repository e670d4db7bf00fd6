using Accounts.Api.Clients;
using Accounts.Api.Sessions;
using Accounts.Api.SignIn;
using Accounts.Core.Passwords;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;

namespace Accounts.Api.Compatibility;

/// <summary>
/// Signs in for a front end that says nothing of how its tokens travel, for its library knows one way alone. Bodies are for whom they are for everywhere:
/// a page whose origin is not listed for them gets a cookie, and a word in place of the token, which is no credential.
/// </summary>
public sealed class AliasSignIn(PasswordLogin login, ClientSignIn client, TokenTransport transport, SignInAnswer answer)
{
    /// <summary>What stands in a body where the browser has a cookie: front ends keep what they are given, and send it back.</summary>
    public const string InCookie = "in-cookie";

    /// <summary>Access and refresh token; without the latter where the cookie has it.</summary>
    public async Task<LoginResponse> TokensAsync(HttpContext context, Credentials credentials, bool restore, CancellationToken cancellation) =>
        Answer(context, await login.LoginAsync(credentials, Request(context, SessionTransport.Body, SessionTransport.Cookie, restore), cancellation));

    /// <summary>A session token, in session mode; without one where the cookie has it.</summary>
    /// <param name="context">of the request</param>
    /// <param name="credentials">that were typed</param>
    /// <param name="mayBeInBody">whether the front end takes it from there at all</param>
    /// <param name="cancellation">ends the wait</param>
    public async Task<LoginResponse> SessionAsync(HttpContext context, Credentials credentials, bool mayBeInBody, CancellationToken cancellation)
    {
        var request = Request(context, mayBeInBody ? SessionTransport.TokenBody : SessionTransport.Session, SessionTransport.Session, restore: false);
        return Answer(context, await login.LoginAsync(credentials, request, cancellation));
    }

    /// <param name="context">of the request</param>
    /// <param name="body">for who may have tokens in bodies</param>
    /// <param name="cookie">for everybody else</param>
    /// <param name="restore">whether who has deleted their account wants it back</param>
    public SignInRequest Request(HttpContext context, SessionTransport body, SessionTransport cookie, bool restore)
    {
        var way = transport.Allows(context.Request) ? body : cookie;
        return new SignInRequest(context.Device(), new SessionKind(Persistent: true, way), client.Brought(context.Request)) { Restore = restore };
    }

    public LoginResponse Answer(HttpContext context, SignedIn signedIn) => answer.To(context, signedIn);
}
