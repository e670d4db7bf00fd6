using Accounts.Development.Mailbox;
using Accounts.Tests.Recovery;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailCodes;

/// <summary>The steps of signing in by mail.</summary>
internal static class EmailCodeSteps
{
    public const string Root = "/api/auth/login/code/";
    public const string Asked = """{"detail":"Sign-in e-mail has been sent."}""";
    public const string Refused = """{"detail":"Invalid or expired token","code":"invalid_token"}""";
    public const string Subject = "Sign in to localhost", NewSubject = "Make an account at localhost";

    public static Task<Answer> AskCodeAsync(this ApiClient client, string email) => client.PostAsync(Root, new { email });

    public static Task<Answer> SignInByCodeAsync(this ApiClient client, string code) => client.PostAsync($"{Root}confirm/", new { code });

    public static Task<Answer> SignInByCodeAsync(this ApiClient client, string code, string email) => client.PostAsync($"{Root}confirm/", new { code, email });

    public static Task<Answer> SignInByLinkAsync(this ApiClient client, string token) => client.PostAsync($"{Root}confirm/", new { token });

    public static Task<Answer> CheckCodeAsync(this ApiClient client, string token) => client.PostAsync($"{Root}check/", new { token });

    /// <summary>Asks, and takes token and code out of the mail.</summary>
    public static async Task<(string Token, string Code)> MailedCodeAsync(this TestServer server, ApiClient client, string email, string subject = Subject)
    {
        var before = server.MailsAbout(email, subject).Count;
        (await client.AskCodeAsync(email)).AssertBody(200, Asked);
        var mail = await server.CodeMailAsync(email, before + 1, subject);
        return (Mailbox.TokenOf(mail), CodeOf(mail));
    }

    /// <summary>The newest of so many mails.</summary>
    public static async Task<MailboxFolder.Delivered> CodeMailAsync(this TestServer server, string email, int count = 1, string subject = Subject)
    {
        await Until.TrueAsync(() => Task.FromResult(server.MailsAbout(email, subject).Count >= count), $"{count} mails about \"{subject}\" to {email}");
        return server.MailsAbout(email, subject)[^1];
    }

    public static string CodeOf(MailboxFolder.Delivered mail) => LinkSteps.LinkCodeOf(mail);

    /// <summary>Of the newest mail: how often its code was tried.</summary>
    public static Task<int> CodeTriesAsync(this TestDatabase database, string email) => database.ScalarAsync<int>(
        "SELECT attempts FROM email_verification_tokens WHERE email = @email AND purpose = 'sign_in' ORDER BY created_at DESC LIMIT 1", ("email", email));

    /// <summary>Nobody has been signed in to the account by what was tried.</summary>
    public static async Task AssertNobodyInAsync(this TestServer server, Person person, Answer answer)
    {
        answer.AssertBody(400, Refused);
        Assert.Empty(answer.SetCookies);
        Assert.Equal(0, await server.Database.CountAsync("sessions s JOIN users u ON u.id = s.user_id", "u.email = @email AND s.amr && '{mail}'", ("email", person.Email)));
    }
}
