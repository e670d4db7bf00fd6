using System.Net.Http.Json;
using System.Text.Json;
using Accounts.Development.Mailbox;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;

namespace Accounts.Tests.Admin;

/// <summary>What administrators do.</summary>
internal static class AdminSteps
{
    public const string Users = "/api/admin/users/", Last = "last_administrator";

    /// <summary>Somebody verified who administers, signed in just now.</summary>
    public static async Task<Person> SignInAdministratorAsync(this TestServer server, ApiClient client)
    {
        var person = await client.SignInSomebodyAsync();
        await server.Database.ChangeAsync(person, "email_verified = true, roles = '{admin}'");
        return person;
    }

    /// <summary>Somebody verified.</summary>
    public static async Task<Person> VerifiedAsync(this TestServer server, ApiClient client)
    {
        var person = await client.SignInSomebodyAsync();
        await server.Database.ChangeAsync(person, "email_verified = true");
        return person;
    }

    public static Task<Guid> IdAsync(this TestDatabase database, Person person) =>
        database.ScalarAsync<Guid>("SELECT id FROM users WHERE email = @email", ("email", person.Email));

    public static async Task<string> AddressAsync(this TestDatabase database, Person person, string act = "") =>
        $"{Users}{await database.IdAsync(person)}/{(act.Length > 0 ? $"{act}/" : "")}";

    public static Task<Answer> PutRolesAsync(this ApiClient client, string address, params string[] roles) =>
        client.SendAsync(HttpMethod.Put, $"{address}roles/", JsonContent.Create(new { roles }));

    public static Task<Answer> PatchAsync(this ApiClient client, string address, object body, params (string Name, string Value)[] headers) =>
        client.SendAsync(HttpMethod.Patch, address, JsonContent.Create(body), headers);

    public static Task<Answer> DeleteAsync(this ApiClient client, string address) => client.SendAsync(HttpMethod.Delete, address, null);

    public static string[] Roles(this Answer answer) => [.. answer.Json.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!)];

    public static string[] Usernames(this Answer answer) => [.. answer.Json.GetProperty("results").EnumerateArray().Select(user => user.GetProperty("username").GetString()!)];

    /// <summary>The newest event of a kind that somebody has done to somebody.</summary>
    public static async Task<(Guid? Actor, JsonElement Before, JsonElement After)> ActAsync(this TestDatabase database, Person person, string kind)
    {
        var json = await database.ScalarAsync<string>("""
            SELECT json_build_object('actor', e.actor_id, 'before', e.before, 'after', e.after, 'ip', e.ip, 'user_agent', e.user_agent)::text
            FROM security_events e JOIN users u ON u.id = e.user_id WHERE u.email = @email AND e.kind = @kind ORDER BY e.id DESC LIMIT 1
            """, ("email", person.Email), ("kind", kind));
        var row = JsonDocument.Parse(json).RootElement;
        Xunit.Assert.Equal("", row.GetProperty("ip").GetString() + row.GetProperty("user_agent").GetString());
        return (row.GetProperty("actor").ValueKind == JsonValueKind.Null ? null : row.GetProperty("actor").GetGuid(), row.GetProperty("before"), row.GetProperty("after"));
    }

    /// <summary>The newest mail of a subject, once there is one.</summary>
    public static async Task<MailboxFolder.Delivered> MailAboutAsync(this TestServer server, Person person, string subject)
    {
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(person.Email, subject).Count > 0), $"a mail about \"{subject}\" to {person.Email}");
        return server.MailsAbout(person.Email, subject)[^1];
    }

    /// <summary>As if the sign-in had been 11 minutes ago: the token says when it was, so the next one does.</summary>
    public static async Task LetTimePassAsync(this TestDatabase database, ApiClient client, Person person)
    {
        await database.ExecuteAsync(
            "UPDATE sessions s SET auth_time = s.auth_time - interval '11 minutes' FROM users u WHERE u.id = s.user_id AND u.email = @email", ("email", person.Email));
        client.Access = (await client.RefreshAsync()).Access;
    }
}
