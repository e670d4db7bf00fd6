using Microsoft.AspNetCore.Http;

namespace Accounts.AspNetCore;

/// <summary>What is answered in place of what was asked for, as Accounts itself answers.</summary>
internal sealed class Refusal(int status, string code, string detail, params (string Name, object Value)[] members) : Exception(detail)
{
    private const string Realm = "Bearer realm=\"api\"";

    private string? Challenge { get; init; }

    public static Refusal NotAuthenticated => new(401, "not_authenticated", "Authentication credentials were not provided.") { Challenge = Realm };

    public static Refusal Denied => new(403, "permission_denied", "You do not have permission to perform this action.");

    /// <summary>Nobody is there to say whether the token is good, which is no verdict on it.</summary>
    public static Refusal Unavailable => new(503, "unavailable", "Service temporarily unavailable, try again later.");

    public static Refusal NotValid(string reason) => new(401, "token_not_valid", "Given token not valid for any token type", ("reason", reason)) { Challenge = Realm };

    /// <summary>A better or newer proof of who it is would do: 401, as in RFC 9470 section 3.</summary>
    public static Refusal StepUp(int? maxAge, string? acr)
    {
        (string Name, string Parameter, object? Value)[] wanted = [("max_age", "max_age", maxAge), ("acr", "acr_values", acr)];
        var asked = wanted.Where(one => one.Value is not null).ToArray();
        return new(401, "reauthentication_required", "Sign in again to do this.", [.. asked.Select(one => (one.Name, one.Value!))])
        {
            Challenge = string.Join(", ", [Realm, "error=\"insufficient_user_authentication\"", .. asked.Select(one => $"{one.Parameter}=\"{one.Value}\"")]),
        };
    }

    public Task WriteAsync(HttpResponse response)
    {
        response.StatusCode = status;
        response.Headers.WWWAuthenticate = Challenge;
        response.Headers.RetryAfter = status == StatusCodes.Status503ServiceUnavailable ? "5" : default;
        var body = new Dictionary<string, object> { ["detail"] = Message, ["code"] = code };
        Array.ForEach(members, member => body[member.Name] = member.Value);
        return response.WriteAsJsonAsync(body);
    }
}
