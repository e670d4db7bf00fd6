using System.Globalization;
using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;
using Accounts.Tests.Support;

namespace Accounts.Tests.Passwords;

/// <summary>The steps of getting a new password.</summary>
internal static partial class PasswordSteps
{
    public const string Asked = """{"detail":"Password reset e-mail has been sent."}""";
    public const string Done = """{"detail":"Password has been reset with the new password."}""";

    private const string Subject = "Choose a new password for ";

    public static Task<Answer> AskResetAsync(this ApiClient client, string email) => client.PostAsync("/api/auth/password/reset/", new { email });

    public static Task<Answer> ResetAsync(this ApiClient client, string token, string password = Some.OtherPassword) =>
        client.PostAsync("/api/auth/password/reset/confirm/", new { token, new_password = password });

    public static Task<Answer> ResetByCodeAsync(this ApiClient client, string email, string code, string password = Some.OtherPassword) =>
        client.PostAsync("/api/auth/password/reset/confirm/", new { email, code, new_password = password });

    public static Task<Answer> ChangePasswordAsync(this ApiClient client, string old, string password) =>
        client.PostAsync("/api/auth/password/change/", new { old_password = old, new_password = password });

    /// <summary>Asks, and takes the token out of the mail.</summary>
    public static async Task<string> ResetTokenAsync(this TestServer server, ApiClient client, Person person)
    {
        var before = server.Mailbox.Resets(person.Email).Count;
        (await client.AskResetAsync(person.Email)).AssertBody(200, Asked);
        return Mailbox.TokenOf((await server.Mailbox.WaitForResetsAsync(person.Email, before + 1))[^1]);
    }

    /// <summary>Asks, and takes token and code out of the mail.</summary>
    public static async Task<(string Token, string Code)> ResetCodeAsync(this TestServer server, ApiClient client, Person person)
    {
        var before = server.Mailbox.Resets(person.Email).Count;
        (await client.AskResetAsync(person.Email)).AssertBody(200, Asked);
        var mail = (await server.Mailbox.WaitForResetsAsync(person.Email, before + 1))[^1];
        return (Mailbox.TokenOf(mail), ResetCodeOf(mail));
    }

    public static string ResetCodeOf(MailboxFolder.Delivered mail) => EightDigits().Match(mail.Text).Value;

    /// <summary>Another code than this one.</summary>
    public static string Wrong(string code, int step = 1) => ((long.Parse(code, CultureInfo.InvariantCulture) + step) % 100_000_000).ToString("D8", CultureInfo.InvariantCulture);

    /// <summary>Of the newest reset token: how often its code was tried.</summary>
    public static Task<int> ResetTriesAsync(this TestDatabase database, Person person) => database.ScalarAsync<int>(
        "SELECT attempts FROM email_verification_tokens WHERE email = @email AND purpose = 'reset' ORDER BY created_at DESC LIMIT 1", ("email", person.Email));

    public static async Task<List<MailboxFolder.Delivered>> WaitForResetsAsync(this Mailbox mailbox, string address, int count)
    {
        await Until.TrueAsync(() => Task.FromResult(mailbox.Resets(address).Count >= count), $"{count} reset mails to {address}");
        return mailbox.Resets(address);
    }

    public static List<MailboxFolder.Delivered> Resets(this Mailbox mailbox, string address) => mailbox.To(address).FindAll(mail => mail.Subject.StartsWith(Subject, StringComparison.Ordinal));

    /// <summary>The newest notice of a changed password.</summary>
    public static async Task<MailboxFolder.Delivered> NoticeAsync(this TestServer server, Person person)
    {
        List<MailboxFolder.Delivered> Notices() => server.Mailbox.To(person.Email).FindAll(mail => mail.Subject.EndsWith("was changed", StringComparison.Ordinal));
        await Until.TrueAsync(() => Task.FromResult(Notices().Count > 0), $"a notice to {person.Email}");
        return Notices()[^1];
    }

    /// <summary>A reset token of which no mail was sent, for races, which need many.</summary>
    public static Task<string> PlantResetAsync(this TestDatabase database, Person person) => database.PlantTokenAsync(person, "reset");

    /// <summary>The user's password, stamp and state, with the transaction that wrote them.</summary>
    public static Task<string> UserStateAsync(this TestDatabase database, Person person) =>
        database.ScalarAsync<string>("SELECT concat(xmin, u) FROM users u WHERE email = @email", ("email", person.Email));

    public static Task<long> LiveTokensAsync(this TestDatabase database, Person person, string purpose = "reset") => database.CountAsync(
        "email_verification_tokens t JOIN users u ON u.id = t.user_id",
        "u.email = @email AND purpose = @purpose AND used_at IS NULL AND expires_at > clock_timestamp()", ("email", person.Email), ("purpose", purpose));

    public static Task<long> LiveSessionsAsync(this TestDatabase database, Person person) => database.CountAsync(
        "sessions s JOIN users u ON u.id = s.user_id", $"u.email = @email AND {SessionRow.Open}", ("email", person.Email));

    /// <summary>The session's tokens are worth nothing any more, from this moment.</summary>
    public static async Task AssertOutAsync(this ApiClient client)
    {
        (await client.MeAsync()).AssertAccessRefused("revoked");
        (await client.RefreshAsync()).AssertRefreshRefused("revoked");
    }

    [GeneratedRegex(@"(?<=:\s)\d{8}\b")]
    private static partial Regex EightDigits();
}
