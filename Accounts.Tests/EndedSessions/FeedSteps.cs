using System.Text.Json;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EndedSessions;

/// <summary>The steps of a service that follows what ends.</summary>
internal static class FeedSteps
{
    public const string Feed = "/api/auth/ended-sessions/";

    public static readonly (string, string) Orders = ("Authorization", ProgramTokenSteps.Basic("orders", ProgramServer.Orders));

    public static Task<Answer> AskFeedAsync(this ApiClient service, string? after = null, int wait = 0) =>
        service.GetAsync(after is null ? Feed : $"{Feed}?after={after}&wait={wait}", Orders);

    /// <summary>The place of this moment.</summary>
    public static async Task<string> CursorAsync(this ApiClient service)
    {
        var answer = await service.AskFeedAsync();
        Assert.True((answer.Status, answer["ended"]) == (200, "[]"), $"{answer}");
        return answer["cursor"]!;
    }

    public static JsonElement[] Ended(this Answer answer)
    {
        Assert.True(answer.Status == 200, $"{answer}");
        return [.. answer.Json.GetProperty("ended").EnumerateArray()];
    }

    /// <summary>Reads on until a session is told of.</summary>
    public static async Task<(List<JsonElement> Ended, string Cursor)> FollowAsync(this ApiClient service, string cursor, Guid session)
    {
        var told = new List<JsonElement>();
        await Until.TrueAsync(async () =>
        {
            var answer = await service.AskFeedAsync(cursor, wait: 5);
            told.AddRange(answer.Ended());
            cursor = answer["cursor"]!;
            return told.Any(entry => entry.Is(session));
        }, "the end of the session is told");
        return (told, cursor);
    }

    public static bool Is(this JsonElement entry, Guid session) => entry.TryGetProperty("sid", out var sid) && sid.GetGuid() == session;

    /// <summary>What a service makes of a token.</summary>
    public static bool Refuse(this IEnumerable<JsonElement> told, string access)
    {
        var claims = AccessTokenText.ClaimsOf(access);
        return told.Any(entry => entry.TryGetProperty("sid", out var sid)
            ? sid.GetString() == claims.GetProperty("sid").GetString()
            : entry.GetProperty("user_id").GetString() == claims.GetProperty("user_id").GetString() && claims.GetProperty("ver").GetInt64() < entry.GetProperty("below").GetInt64());
    }

    /// <summary>Somebody signs out, whose end is told after all that has happened before.</summary>
    public static async Task<Guid> SignOutSomebodyAsync(this TestServer server)
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        var session = TokenText.SessionOf(client.RefreshCookie!);
        Assert.Equal(200, (await client.LogoutAsync()).Status);
        return session;
    }

    /// <summary>So many ends of nobody's sessions.</summary>
    public static Task<int> PlantEndsAsync(this TestDatabase database, int count) => database.ExecuteAsync(
        "INSERT INTO ended_sessions (user_id, session_id) SELECT gen_random_uuid(), gen_random_uuid() FROM generate_series(1, @count)", ("count", count));
}
