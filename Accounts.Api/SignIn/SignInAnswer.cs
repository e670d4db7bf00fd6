using Accounts.Api.Cookies;
using Accounts.Api.Sessions;
using Accounts.Api.Users;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;

namespace Accounts.Api.SignIn;

/// <summary>Answers a sign-in, however it was done: the access token in the body, the refresh token where its session has it.</summary>
public sealed class SignInAnswer(RefreshCookie cookie, DeviceCookie device)
{
    public LoginResponse To(HttpContext context, SignedIn signedIn)
    {
        var (tokens, user) = signedIn;
        if (!tokens.BodyMode)
        {
            device.Set(context, user.Id);
        }
        return new LoginResponse(tokens.Access, (int)tokens.AccessLifetime.TotalSeconds, Deliver(context, tokens), UserResponse.Of(user));
    }

    /// <returns>what goes into the body: nothing, where the token went into the cookie</returns>
    public string? Deliver(HttpContext context, IssuedTokens tokens)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (tokens.BodyMode)
        {
            return tokens.Refresh;
        }
        cookie.Set(context, tokens);
        return null;
    }
}
