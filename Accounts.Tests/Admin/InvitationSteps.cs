using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>The steps of inviting somebody, and of accepting it.</summary>
internal static partial class InvitationSteps
{
    public const string Invitations = "/api/admin/invitations/", Subject = "You are invited to";

    public const string Dead = """{"invitation":["Invalid or expired invitation."]}""", Anothers = """{"email":["This invitation is for another address."]}""", Accepted = """{"message":"Registered."}""";

    public static Task<Answer> InviteAsync(this ApiClient admin, string email, params string[] roles) => admin.PostAsync(Invitations, new { email, roles });

    /// <summary>Invites, and takes the token out of the mail.</summary>
    public static async Task<string> InvitationAsync(this TestServer server, ApiClient admin, string email, params string[] roles)
    {
        var count = server.MailsAbout(email, Subject).Count;
        var answer = await admin.InviteAsync(email, roles);
        Assert.True(answer.Status == 201, answer.ToString());
        return InvitationOf(await server.InvitationMailAsync(email, count + 1));
    }

    public static async Task<MailboxFolder.Delivered> InvitationMailAsync(this TestServer server, string email, int count = 1)
    {
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(email, Subject).Count >= count), $"{count} invitations to {email}");
        return server.MailsAbout(email, Subject)[^1];
    }

    public static string InvitationOf(MailboxFolder.Delivered mail) => Token().Match(mail.Text).Groups[1].Value;

    public static string LinkOf(MailboxFolder.Delivered mail) => mail.Text.Split().Single(word => word.Contains("#invitation=", StringComparison.Ordinal));

    public static Task<Answer> AcceptAsync(this ApiClient client, Person person, string token) =>
        client.PostAsync("/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password, invitation = token });

    /// <summary>Of the event at who has accepted one: who invited, and what has come of it.</summary>
    public static async Task<(Guid? Actor, string? After)> AcceptedAsync(this TestDatabase database, Person person)
    {
        var row = JsonDocument.Parse(await database.ScalarAsync<string>("""
            SELECT json_build_object('actor', e.actor_id, 'after', e.after::text)::text FROM security_events e JOIN users u ON u.id = e.user_id WHERE u.email = @email AND e.kind = 'invitation_accepted'
            """, ("email", person.Email))).RootElement;
        return (row.GetProperty("actor").ValueKind == JsonValueKind.Null ? null : row.GetProperty("actor").GetGuid(), row.GetProperty("after").GetString());
    }

    /// <summary>An invitation of which no mail was sent: races need many.</summary>
    /// <returns>its id and its token</returns>
    public static async Task<(Guid Id, string Token)> PlantInvitationAsync(this TestDatabase database, string email, Person administrator, params string[] roles)
    {
        var (id, token) = (Guid.CreateVersion7(), Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        Assert.Equal(1, await database.ExecuteAsync(
            """
            INSERT INTO invitations (id, email, email_key, roles, token_hash, invited_by, created_at, expires_at)
            SELECT @id, @email, @email, @roles, @hash, u.id, clock_timestamp(), clock_timestamp() + interval '1 hour' FROM users u WHERE u.email = @by
            """,
            ("id", id), ("email", email), ("roles", roles), ("hash", SHA256.HashData(Encoding.ASCII.GetBytes(token))), ("by", administrator.Email)));
        return (id, token);
    }

    [GeneratedRegex(@"#invitation=([A-Za-z0-9_-]{43})&")]
    private static partial Regex Token();
}
