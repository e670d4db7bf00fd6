using Accounts.Api.Http;
using Accounts.Api.Passwords;
using Accounts.Api.Registration;
using Accounts.Api.Sessions;
using Accounts.Api.Social;
using Accounts.Api.Tokens;
using Accounts.Api.Users;

namespace Accounts.Api.Docs;

/// <summary>An answer of each type, as the document shows it.</summary>
public static class Examples
{
    public const string AccessToken = "eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6Imh5In0.eyJzdWIiOiIwMTliLi4uIn0.c2lnbmF0dXJl";

    public const string RefreshToken = "AQBrZXktaWQtdXNlci1pZC1zZXNzaW9uLWlkLWdlbmVyYXRpb24tc2VjcmV0LWhtYWM";

    public const string MailedToken = "Xw9zKq3v7Yb2Tn5Lc8Rj1Hd4Gs6Pf0Me-UaVoZiQk_E";

    public const string Code = "4/0AVGzR1CkDqnJxw", Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    public const string State = "u7dXh0vZk3Qm9Yc2Ln6Rb8Ts4Wp1Ea5Jf_GiOoVxKzM";

    private const string Nonce = "k2JmQ8sT4vXyZ1aBcDeFgHiJkLmNoPqRsTuVwXyZ012", Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private const string Issuer = "https://accounts.example.com";

    private static readonly Guid AnnsId = new("019aa1c2-7b1e-7c55-9f3e-5a1f0c8b2d10");

    private static readonly Guid SessionId = new("019aa1c3-0d42-7a90-8c6d-1b7e4f9a3c55");

    private static readonly UserResponse Ann = new(
        AnnsId, "ann", "ann@example.test", true, ["google"], "Ann", "Smith", ["editor"], true, new DateTime(2026, 1, 15, 9, 30, 0, DateTimeKind.Utc));

    private static readonly object[] All =
    [
        Ann,
        new LoginResponse(AccessToken, 600, null, Ann),
        new RefreshResponse(AccessToken, 600, null),
        new PasswordChangeResponse("New password has been saved.", AccessToken, 600, null, Ann),
        new[] { new SocialProviderResponse("google", "Google", "1234.apps.example.com", "https://accounts.google.com/o/oauth2/v2/auth", "openid email profile", ["code", "begin", "redirect"]) },
        new SocialBeginResponse(State, Nonce, Challenge, $"https://accounts.google.com/o/oauth2/v2/auth?response_type=code&client_id=1234.apps.example.com&state={State}"),
        new VerificationCheckResponse("ann", "ann@example.test", Verified: false, SameBrowser: true),
        new EmptyResponse(),
        new JwksResponse([new JwkResponse("hyTq0pVw", "f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU", "x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")]),
        new MetadataResponse(Issuer, $"{Issuer}/.well-known/jwks.json"),
        new IntrospectionResponse(true)
        {
            Iss = Issuer, Aud = Issuer, ClientId = Issuer, Sub = $"{AnnsId}", UserId = $"{AnnsId}", Sid = $"{SessionId}", Jti = "5f1c9d0e",
            Iat = 1768469400, Exp = 1768470000, AuthTime = 1768469400, Amr = ["pwd"], Roles = ["editor"], EmailVerified = true,
            TokenType = "Bearer", Username = "ann",
        },
    ];

    /// <param name="says">the text of an answer that is nothing but a text</param>
    public static object Of(Type type, string? says) => says switch
    {
        null => All.FirstOrDefault(example => example.GetType() == type) ?? throw new InvalidOperationException($"{type.Name} has no example."),
        _ => Activator.CreateInstance(type, says)!,
    };
}
