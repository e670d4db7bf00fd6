using System.Text.Json;
using System.Text.Json.Nodes;

namespace Accounts.Tests.Http.Recordings;

/// <summary>Everything in which we differ from the recorded original, in the order in which it is applied: first what kind of answer it is, then what is in it.</summary>
public static class DeliberateDifferences
{
    private const string Login = "/api/auth/login/", Refresh = "/api/auth/token/refresh/", Me = "/api/auth/me/", VerifyEmail = "/api/auth/verify-email/";

    public const string Code = "10 a code stands beside every detail";

    public static IReadOnlyList<Difference> All { get; } =
    [
        new("Conventions: a request from a site that is not listed is refused",
            (row, _) => row.Request.Method == "POST" && row.Header("Origin") is "null" or "http://evil.example",
            (_, reply) => reply.Answering(403, """{"detail": "CSRF Failed: {text}", "code": "csrf_failed"}""") with { AllowOrigin = null, AllowCredentials = null }) { IsWhole = true },
        new("Sign-up: opening a verification link shows the page and changes nothing",
            (row, _) => row.Request.Method == "GET" && To(row, VerifyEmail) && !row.Accepts("application/json"),
            (_, reply) => reply with { Status = 200, MediaType = "text/html", Cookies = "", Body = Reply.HtmlPage }) { IsWhole = true },
        new("Operations: the root leads to the pages", Called("paths: GET /"),
            (_, reply) => reply with { Status = 302, MediaType = null, Cookies = "", Body = null }) { IsWhole = true },

        new("7 a garbage Authorization header breaks no anonymous endpoint",
            (row, _) => row.Header("Authorization") == "Bearer garbage" && !To(row, Me),
            (row, reply) => reply.Answering(DjangoRecordings.Plain(row.Request.Method, row.Request.Path, row)!.Recorded)),
        new("7 the scheme Bearer is read in any case", Called("me: lower-case scheme"), As("logout: me with the access token after logout")),
        new("11 a path works without its trailing slash",
            (row, reply) => row.AnswersHtml && reply.Status is 301 or 500 && !row.Request.Path.Split('?')[0].EndsWith('/'),
            (row, reply) => reply.Answering(WithSlash(row))),
        new("11 paths match without regard to case", Called("paths: GET /API/AUTH/ME/"), As("me: no bearer")),
        new("11 unknown paths answer JSON",
            (_, reply) => reply is { Status: 404, MediaType: "text/html" },
            (row, reply) => row.Request.Method == "HEAD" ? reply with { MediaType = "application/json" } : reply.Answering(404, """{"detail": "Not found."}""")),
        new("11 an error answers JSON, in the style of the neighbouring cases",
            (row, reply) => reply is { Status: 400 or 500, MediaType: "text/html" } && To(row, VerifyEmail),
            (_, reply) => reply.Answering(DjangoRecordings.Called("verify-email: token missing").Recorded)),
        new("15 text/html gets JSON",
            (row, reply) => reply.MediaType == "text/html" && row.Header("Accept") == "text/html",
            (row, reply) => reply with { MediaType = "application/json", Cookies = "", Body = InJson(row, reply) }),
        new("15 ?format= is ignored", (row, _) => row.Request.Path.Contains("?format=", StringComparison.Ordinal),
            (row, reply) => reply.Answering(DjangoRecordings.Plain("POST", row.Request.Path.Split('?')[0], row)!.Recorded)),
        new("15 there is no administration in HTML", Called("paths: GET /admin/"), As("paths: GET /api/auth/nothing/", json: """{"detail": "Not found."}""")),
        new("14 OPTIONS answers 204", (row, _) => row.Request.Method == "OPTIONS", (_, reply) => reply with { Status = 204, MediaType = null, Body = null }),
        new("16 large bodies are refused", (row, _) => row.Request.Body == "<3000016 characters>",
            (_, reply) => reply.Answering(413, """{"detail": "Request body is too large.", "code": "payload_too_large"}""")),
        new("16 excess depth is a parse error", (row, _) => row.Request.Body == "<6013 characters>",
            (_, reply) => reply.Answering(400, """{"detail": "JSON parse error - "}""")),
        new("17 405 needs no credentials", (row, reply) => reply.Status == 401 && row.Request.Method == "POST" && To(row, Me.TrimEnd('/')), As("me: method POST")),
        new("17 verify-email takes POST", (row, reply) => reply.Status == 405 && row.Is("POST", VerifyEmail),
            (_, reply) => reply.Answering(400, """{"token": ["This field is required."]}""")),
        new("17 verify-email allows POST", (row, reply) => reply.Status == 405 && To(row, VerifyEmail),
            (_, reply) => reply with { Allow = "GET, HEAD, OPTIONS, POST" }),
        new("Profile: me takes PUT", Called("me: method PUT"), (_, reply) => reply.Answering(400, """{"username": ["This field is required."]}""")),
        new("Profile: me takes PATCH", Called("me: method PATCH"), As("me: access token from refresh")),
        new("Deletion: me takes DELETE", Called(ReplayState.Deletion), (_, reply) => reply.Answering(403, """{"detail": "Sign in again to do this.", "code": "reauthentication_required", "methods": ["password"], "max_age": 600, "acr": "aal1"}""") with
        {
            Challenge = "Bearer realm=\"api\", error=\"insufficient_user_authentication\", max_age=\"600\", acr_values=\"aal1\"",
        }),
        new("Profile: me allows PATCH and PUT", (row, reply) => reply.Status == 405 && To(row, Me.TrimEnd('/')),
            (_, reply) => reply with { Allow = "DELETE, GET, HEAD, OPTIONS, PATCH, PUT" }),

        new("9 e-mail and username are unique without regard to case",
            (row, _) => row.Title is "register: duplicate username, other case" or "register: duplicate e-mail, local part upper case" or "register: duplicate e-mail, domain upper case",
            (row, reply) => reply.Answering(400, row.Name.Contains("username", StringComparison.Ordinal)
                ? """{"username": ["A user with that username already exists."]}"""
                : """{"email": ["user with this email already exists."]}""")),
        new("9 an address signs in without regard to case",
            (row, _) => row.Title is "login: e-mail local part upper case" or "login: e-mail domain upper case", As("login: valid, verified user")),
        .. SocialDifferences.All,
        new("12 a common password is refused", (row, _) => row.Title is "register: password common 'password'" or "register: password is number",
            (_, reply) => reply.Answering(400, """{"password": ["This password is too common."]}""")),
        new("12 a password is not trimmed when it is chosen", Called("register: password 7 chars + spaces around"), As("register: valid")),
        new("12 a password is not trimmed when it is checked",
            (row, _) => row.Title is "login: password padded with spaces" or "login: password registered with spaces, sent without", As("login: wrong password")),
        new("3 email takes a username too", Called("login: email number"), As("login: unknown e-mail")),
        new("3 wrong credentials are 401",
            (row, reply) => reply.Status == 400 && Shapes.Fit(OurReplies.Body("""{"non_field_errors": ["Invalid credentials"]}"""), reply.Body),
            (_, reply) => reply.Answering(401, """{"detail": "Invalid credentials"}""")),

        new("18 verifying twice answers 200",
            (row, reply) => reply.Status == 400 && row.Title is "verify-email: valid (or reused if the case before consumed it), by a script" or "verify-email: reused, by a script",
            As("verify-email: valid")),
        new("18 the text is: Invalid or expired token", (_, reply) => reply.Detail == "Invalid token",
            (_, reply) => reply.Answering(400, """{"detail": "Invalid or expired token"}""")),

        new("4 without a usable refresh cookie the answer is 401, Token is invalid", (_, reply) => reply.Detail is "No refresh token" or "Invalid refresh token",
            (row, reply) => row.Name switch
            {
                "expired refresh" => reply.RefusingRefresh("expired", clears: true),
                "no cookie, body {refresh}" => reply.RefusingRefresh("invalid"),
                _ when reply.Detail == "No refresh token" => reply.RefusingRefresh("missing"),
                _ => reply.RefusingRefresh("invalid", clears: true),
            }),
        new("19 a refresh token is worth nothing without its user",
            (row, _) => row.Title is "token/refresh: refresh of an unknown user id" or "state: refresh, deleted user",
            (_, reply) => reply.RefusingRefresh("invalid", clears: true)),
        new("19 a refresh token is revoked with its user", Called("state: refresh, inactive user"), (_, reply) => reply.RefusingRefresh("revoked")),
        new("19 user_inactive and user_not_found are token_not_valid, revoked", (_, reply) => reply.Detail is "User not found" or "User is inactive",
            (_, reply) => reply.RefusingAccess("revoked")),
        new("6 a logout revokes", Called("logout: me with the access token after logout"), (_, reply) => reply.RefusingAccess("revoked")),
        new("Errors: a bad access token has one answer, with its reason", (row, reply) => reply.Status == 401 && IsBadAccessToken(reply),
            (row, reply) => reply.RefusingAccess(row.Name == "expired" ? "expired" : "invalid")),
        new("Errors: the reason of a parse error is our parser's", (_, reply) => reply.Detail?.StartsWith("JSON parse error - ", StringComparison.Ordinal) == true,
            (_, reply) => reply.Changing(body => body["detail"] = "JSON parse error - {text}")),

        new("1 register does not return the verification token", (_, reply) => Has(reply, "verification_token"),
            (_, reply) => reply.Changing(body => body.Remove("verification_token"))),
        new("Sign-up: the browser that registers gets a cookie by which verification recognises it", (row, reply) => reply.Status == 201,
            (_, reply) => reply with { Cookies = "registration set (httponly path=/ samesite=lax)" }),
        new("2 login sets the refresh cookie and does not return the token", (row, reply) => SignsIn(row) && Has(reply, "refresh"),
            (_, reply) => reply.Changing(body => body.Remove("refresh")) with { Cookies = OurReplies.CookieSet }),
        new("Sessions: the browser that signs in gets a cookie by which its failures are counted apart",
            (row, reply) => SignsIn(row) && reply.Status == 200,
            (_, reply) => reply with { Cookies = $"device set (httponly path=/ samesite=lax), {reply.Cookies}" }),
        new("5 a refresh rotates the cookie", (row, reply) => row.Is("POST", Refresh) && reply.Status == 200 && !ComesSoonAfter(row),
            (_, reply) => reply with { Cookies = OurReplies.CookieSet }),
        new("Sessions: an access token comes with its life in seconds", (_, reply) => Has(reply, "access"),
            (_, reply) => reply.Changing(body => body["access_expires_in"] = 600)),
        new("Sessions: a logout clears the cookie with its own attributes",
            (_, reply) => reply.Cookies.StartsWith("refresh_token cleared", StringComparison.Ordinal) && reply.Status == 200,
            (_, reply) => reply with { Cookies = OurReplies.CookieCleared }),
        new("Sessions: a user has more members", (_, reply) => UserIn(reply) is not null, (_, reply) => reply.Changing(AddMembers)),
        new("8 id is a UUID", (_, reply) => UserIn(reply)?["id"]!.GetValueKind() == JsonValueKind.Number,
            (_, reply) => reply.Changing(body => (body["user"]?.AsObject() ?? body)["id"] = "{uuid}")),
        new(Code, (_, reply) => reply.Status >= 400 && reply.Detail is not null && !Has(reply, "code"),
            (_, reply) => reply.Changing(body => body["code"] = CodeOf(reply.Detail!))),
    ];

    private static Func<Recording, Reply, bool> Called(string title) => (row, _) => row.Title == title;

    private static Func<Recording, Reply, Reply> As(string title, string? json = null) => (_, reply) =>
        json is null ? reply.Answering(DjangoRecordings.Called(title).Recorded) : reply.Answering(DjangoRecordings.Called(title).Response.Status, json);

    /// <summary>Within the leeway of the refresh before it: an access token and no cookie, as in the original.</summary>
    private static bool ComesSoonAfter(Recording row) => row.Name is "same cookie again" || row.Name.StartsWith("valid cookie + ", StringComparison.Ordinal);

    private static bool SignsIn(Recording row) => row.Is("POST", Login) || (row.Request.Method == "POST" && To(row, SocialDifferences.Path));

    private static bool To(Recording row, string path) => row.Request.Path.StartsWith(path, StringComparison.Ordinal);

    private static bool Has(Reply reply, string member) => reply.Body is JsonObject body && body.ContainsKey(member);

    internal static JsonObject? UserIn(Reply reply) => reply.Body is not JsonObject body ? null : body["user"] as JsonObject ?? (body.ContainsKey("email_verified") ? body : null);

    private static bool IsBadAccessToken(Reply reply) => Has(reply, "messages")
        && !Has(reply, "reason") || reply.Detail == "Token contained no recognizable user identification";

    private static Reply WithSlash(Recording row)
    {
        var path = row.Request.Path + "/";
        return DjangoRecordings.Plain(row.Request.Method, path, row)?.Recorded ?? NotAllowed(row.Request.Method, path);
    }

    private static Reply NotAllowed(string method, string path)
    {
        var other = DjangoRecordings.Recorded.First(row => row.Request.Path == path && row.Recorded is { Status: 405, MediaType: "application/json" }).Recorded;
        return other.NotAllowing(method, other.Allow);
    }

    /// <summary>What the original said in JSON where it was not asked for a page.</summary>
    private static JsonNode? InJson(Recording row, Reply reply) => reply.Status == 405
        ? reply.NotAllowing(row.Request.Method, reply.Allow).Body
        : DjangoRecordings.Recorded.First(other => other.Is(row.Request.Method, row.Request.Path)
            && other.Header("Authorization") == row.Header("Authorization") && other.Recorded is { MediaType: "application/json" }).Recorded.Body;

    private static void AddMembers(JsonObject body)
    {
        var user = body["user"]?.AsObject() ?? body;
        foreach (var (name, value) in OurReplies.Body("""
            {"providers": [], "first_name": "", "last_name": "", "roles": [], "has_password": true, "ways": ["password"], "locale": null, "date_joined": "{time}"}
            """).AsObject().Where(member => !user.ContainsKey(member.Key)).ToList())
        {
            user[name] = value?.DeepClone();
        }
    }

    private static string CodeOf(string detail) => detail switch
    {
        "Not found." => "not_found",
        "Unsupported provider" => "unsupported_provider",
        "Code exchange failed" => "code_exchange_failed",
        "Invalid credentials" => "invalid_credentials",
        "Invalid or expired token" => "invalid_token",
        "Authentication credentials were not provided." => "not_authenticated",
        "Could not satisfy the request Accept header." => "not_acceptable",
        _ when detail.Contains("parse error - ", StringComparison.Ordinal) => "parse_error",
        _ when detail.StartsWith("Unsupported media type ", StringComparison.Ordinal) => "unsupported_media_type",
        _ when detail.EndsWith(" not allowed.", StringComparison.Ordinal) => "method_not_allowed",
        _ => throw new ArgumentException($"The contract has no code for \"{detail}\".", nameof(detail)),
    };
}
