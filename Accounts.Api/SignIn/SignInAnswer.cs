using Accounts.Api.Cookies;
using Accounts.Api.OldTokens;
using Accounts.Api.Sessions;
using Accounts.Api.Users;
using Accounts.Core.Sessions;
using Accounts.Core.SignIn;
using Accounts.Core.Users.Extra;

namespace Accounts.Api.SignIn;

/// <summary>Answers a sign-in, however it was done: the access token in the body, the token that is kept where its session has it.</summary>
public sealed class SignInAnswer(DeviceCookie device, TrustCookie trust, OldCookie old, TokenTransport transport, ExtraFields extra)
{
    public LoginResponse To(HttpContext context, SignedIn signedIn)
    {
        var (tokens, user, bond) = signedIn;
        // Or it would sign in whoever was here before, once this session is over.
        old.ClearWhatCame(context);
        if (tokens.Transport.KeepsCookies())
        {
            device.Set(context, bond);
        }
        if (signedIn.Trust is { } trusted)
        {
            trust.Set(context, trusted);
        }
        var (refresh, sessionToken) = transport.Begin(context, tokens);
        int? seconds = tokens.Access is null ? null : (int)tokens.AccessLifetime.TotalSeconds;
        return new LoginResponse(tokens.Access, seconds, refresh, UserResponse.Of(user, extra)) { SessionToken = sessionToken, Restored = signedIn.Restored ? true : null };
    }
}
