using System.Text.Json.Nodes;

namespace Accounts.Tests.Http.Recordings;

/// <summary>Parts of what we answer where it is not what was recorded.</summary>
public static class OurReplies
{
    public const string CookieSet = "refresh_token set (httponly path=/ samesite=lax)";
    public const string CookieCleared = "refresh_token cleared (httponly path=/ samesite=lax)";

    private const string Json = "application/json";
    private const string BadAccessToken = "Given token not valid for any token type";

    public static JsonNode Body(string json) => JsonNode.Parse(json)!;

    /// <summary>Another status and body; CORS headers stay, cookies and challenges do not.</summary>
    public static Reply Answering(this Reply reply, int status, string json) => reply with
    {
        Status = status,
        MediaType = Json,
        Challenge = status == 401 ? "Bearer realm=\"api\"" : null,
        Allow = "",
        Cookies = "",
        Body = Body(json),
    };

    /// <summary>The same in another case; CORS headers stay.</summary>
    public static Reply Answering(this Reply reply, Reply like) => like with { AllowOrigin = reply.AllowOrigin, AllowCredentials = reply.AllowCredentials };

    public static Reply RefusingAccess(this Reply reply, string reason) => reply.Answering(401, $$"""
        {"detail": "{{BadAccessToken}}", "code": "token_not_valid", "reason": "{{reason}}",
         "messages": [{"token_class": "AccessToken", "token_type": "access", "message": "Token is {{reason}}"}]}
        """);

    public static Reply RefusingRefresh(this Reply reply, string reason, bool clears = false) =>
        reply.Answering(401, $$"""{"detail": "Token is invalid", "code": "token_not_valid", "reason": "{{reason}}"}""")
            with { Cookies = clears ? CookieCleared : "" };

    public static Reply NotAllowing(this Reply reply, string method, string allow) =>
        reply.Answering(405, $$"""{"detail": "Method \"{{method}}\" not allowed."}""") with { Allow = allow };

    /// <summary>With other members in the body's object.</summary>
    public static Reply Changing(this Reply reply, Action<JsonObject> change)
    {
        var body = reply.Body!.DeepClone().AsObject();
        change(body);
        return reply with { Body = body };
    }
}
