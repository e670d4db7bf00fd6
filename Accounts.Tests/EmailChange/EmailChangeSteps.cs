using Accounts.Development.Mailbox;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.EmailChange;

/// <summary>The steps of changing an address.</summary>
internal static class EmailChangeSteps
{
    public const string Asked = """{"detail":"A mail has been sent to the new address."}""";
    public const string Done = """{"detail":"The address has been changed."}""";

    public static Task<Answer> AskChangeAsync(this ApiClient client, string email, string? password = null) => password is null
        ? client.PostAsync("/api/auth/email/change/", new { new_email = email })
        : client.PostAsync("/api/auth/email/change/", new { new_email = email, password });

    public static Task<Answer> ConfirmChangeAsync(this ApiClient client, string token) => client.PostAsync("/api/auth/email/change/confirm/", new { token });

    /// <summary>Asks, and takes the token out of the mail.</summary>
    public static async Task<string> ChangeTokenAsync(this TestServer server, ApiClient client, string email)
    {
        (await client.AskChangeAsync(email)).AssertBody(200, Asked);
        return await server.Mailbox.TokenAsync(email);
    }

    /// <summary>The mail to the address from before.</summary>
    public static async Task<MailboxFolder.Delivered> ChangeNoticeAsync(this TestServer server, string address)
    {
        List<MailboxFolder.Delivered> Notices() => server.Mailbox.To(address).FindAll(mail => mail.Subject.StartsWith("Your email address at", StringComparison.Ordinal));
        await Until.TrueAsync(() => Task.FromResult(Notices().Count > 0), $"a notice to {address}");
        return Assert.Single(Notices());
    }

    /// <summary>A token of which no mail was sent, for races, which need many.</summary>
    public static Task<string> PlantChangeAsync(this TestDatabase database, Person person, string email) => database.PlantTokenAsync(person, "change", email);
}
