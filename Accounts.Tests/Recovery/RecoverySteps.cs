using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Recovery;

/// <summary>The steps of "this wasn't me".</summary>
internal static partial class RecoverySteps
{
    private const string Root = "/api/auth/security/";

    public const string Changed = "Your password", Connected = "was connected", Deleted = "was deleted", Moved = "Your email address", Frozen = "Have your account";

    public static Task<Answer> ReviewAsync(this ApiClient client, string token) => client.PostAsync($"{Root}review/", new { token });

    public static Task<Answer> FreezeAsync(this ApiClient client, string token) => client.PostAsync($"{Root}freeze/", new { token });

    public static Task<Answer> RecoverAsync(this ApiClient client, string token, string password = Some.OtherPassword) =>
        client.PostAsync($"{Root}recover/", new { token, new_password = password });

    /// <summary>With a code of the second factor.</summary>
    public static Task<Answer> RecoverWithAsync(this ApiClient client, string token, string code) =>
        client.PostAsync($"{Root}recover/", new { token, new_password = Some.OtherPassword, code });

    /// <summary>As if the account had been frozen a day ago: a factor that was added since goes then.</summary>
    public static Task<int> AgeFreezeAsync(this TestDatabase database, Person person) => database.ExecuteAsync(
        "UPDATE account_changes SET frozen_at = frozen_at - interval '1 day' WHERE email = @email AND frozen_at IS NOT NULL", ("email", person.Email));

    /// <summary>The token in the newest mail of a subject that leads to a page.</summary>
    /// <param name="server">that has sent it</param>
    /// <param name="address">that it went to</param>
    /// <param name="subject">part of it</param>
    /// <param name="count">of such mails there are at least so many</param>
    public static async Task<string> RecoveryTokenAsync(this TestServer server, string address, string subject, int count = 1)
    {
        var mails = server.Mailbox.To(address);
        await Until.TrueAsync(() => Task.FromResult((mails = server.MailsAbout(address, subject)).Count >= count), $"{count} mails about \"{subject}\" to {address}");
        return TokenOf(mails[^1]);
    }

    public static string TokenOf(MailboxFolder.Delivered mail) => Token().Match(mail.Text).Groups[1].Value;

    public static List<MailboxFolder.Delivered> MailsAbout(this TestServer server, string address, string subject) =>
        server.Mailbox.To(address).FindAll(mail => mail.Subject.Contains(subject, StringComparison.Ordinal));

    /// <summary>Changes the password as somebody who knows it, and stays signed in.</summary>
    public static async Task StealAsync(this ApiClient thief, Person person, string password)
    {
        await thief.SignInAsync(person);
        thief.Access = (await thief.PostAsync("/api/auth/password/change/", new { old_password = person.Password, new_password = password }))["access"];
    }

    /// <summary>Gives who is signed in another address, by its mail, and goes on.</summary>
    public static async Task MoveAsync(this TestServer server, ApiClient client, string address)
    {
        (await client.AskChangeAsync(address)).AssertBody(200, EmailChangeSteps.Asked);
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(address, "Confirm your new").Count > 0), $"the mail that confirms {address}");
        var answer = await client.ConfirmChangeAsync(Mailbox.TokenOf(server.MailsAbout(address, "Confirm your new")[^1]));
        Assert.True(answer.Status == 200, answer.ToString());
        client.Access = answer["access"];
    }

    /// <summary>As if the changes had been 7 days ago.</summary>
    public static Task<int> CloseWindowsAsync(this TestDatabase database, Person person) => database.ExecuteAsync(
        "UPDATE account_changes SET expires_at = clock_timestamp() WHERE user_id = (SELECT id FROM users WHERE email = @email)", ("email", person.Email));

    /// <summary>As if it had been the owner's, long before the last 7 days.</summary>
    public static Task<int> ForgetAsync(this TestDatabase database, Person person, string kind) => database.ExecuteAsync(
        "DELETE FROM account_changes WHERE kind = @kind AND user_id = (SELECT id FROM users WHERE email = @email)", ("kind", kind), ("email", person.Email));

    public static Task<string> ChangesAsync(this TestDatabase database, Person person) => database.ScalarAsync<string>(
        "SELECT string_agg(c::text, '|' ORDER BY c.at) FROM account_changes c JOIN users u ON u.id = c.user_id WHERE u.email = @email", ("email", person.Email));

    [GeneratedRegex(@"/(?:security|recover-account)#token=([A-Za-z0-9_-]{43})")]
    private static partial Regex Token();
}
