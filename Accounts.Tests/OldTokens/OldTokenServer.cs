using System.Globalization;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.OldTokens;

/// <summary>A server that takes old tokens, of a cookie that lay at <c>/api</c>.</summary>
public class OldTokenServer(Postgres postgres) : SharedServer(postgres, Settings)
{
    public const string Cookie = "old_refresh";

    private static int given = 1000;

    public static readonly (string, string)[] Settings =
    [
        ("Accounts:OldTokens:Key", OldTokenText.Key), ("Accounts:OldTokens:Algorithm", "HS256"), ("Accounts:OldTokens:Until", Day(14)),
        ("Accounts:OldTokens:Cookie", Cookie), ("Accounts:OldTokens:CookiePath", "/api"),
        ("Accounts:Compatibility:Enabled", "simplejwt"),
    ];

    public static string Day(double ahead) => DateTime.UtcNow.AddDays(ahead).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    /// <summary>Somebody who has moved here, and has never signed in here.</summary>
    public static async Task<(Person Person, string LegacyId)> ImportAsync(TestServer server)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var id = Interlocked.Increment(ref given).ToString(CultureInfo.InvariantCulture);
        await server.Database.ChangeAsync(person, $"legacy_id = '{id}', email_verified = true");
        return (person, id);
    }
}

internal static class OldTokenSteps
{
    public static (string, string) AsCookie(string token) => ("Cookie", $"{OldTokenServer.Cookie}={token}");

    public static Task<Answer> SwapAsync(this ApiClient client, string token) => client.PostAsync("/api/auth/token/refresh/", null, AsCookie(token));

    public static Task<Answer> SwapByBodyAsync(this ApiClient client, string token, params (string, string)[] headers) =>
        client.PostAsync("/api/auth/token/refresh/", new { refresh = token }, headers);

    public static Task<long> SessionsAsync(this TestDatabase database, Person person) =>
        database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email", ("email", person.Email));

    /// <summary>Refused as one of ours would be, nobody signed in.</summary>
    public static async Task AssertNotTakenAsync(this TestDatabase database, Answer answer, Person person, string reason)
    {
        Assert.True((answer.Status, answer["code"], answer["reason"]) == (401, "token_not_valid", reason), answer.ToString());
        Assert.Equal(0, await database.SessionsAsync(person));
    }
}
