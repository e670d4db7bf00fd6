using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;
using Accounts.Tests.Providers;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Social;

/// <summary>The steps that end <c>account_exists</c> and <c>email_required</c>.</summary>
internal static partial class LinkSteps
{
    private const string Root = "/api/auth/social/";

    public static Task<Answer> LinkAsync(this ApiClient client, object body) => client.PostAsync($"{Root}link/", body);

    public static Task<Answer> AskLinkCodeAsync(this ApiClient client, object body) => client.PostAsync($"{Root}link/mail/", body);

    public static Task<Answer> CompleteAsync(this ApiClient client, string? ticket, string email) => client.PostAsync($"{Root}complete/", new { ticket, email });

    public static Task<Answer> ConfirmAsync(this ApiClient client, string? ticket, string code) => client.PostAsync($"{Root}complete/confirm/", new { ticket, code });

    public static Task<Answer> ShowCodeAsync(this ApiClient client, string token) => client.PostAsync($"{Root}complete/code/", new { token });

    /// <summary>Of somebody whose provider names no address.</summary>
    public static async Task<string> TicketAsync(this ApiClient client, ProviderDouble provider, Identity identity)
    {
        var answer = await client.SignInAsync(provider, identity);
        answer.AssertRefused(400, "email_required");
        return answer["ticket"]!;
    }

    /// <summary>The code that the link of the newest mail shows.</summary>
    public static async Task<string> ShownCodeAsync(this TestServer server, string email, int mails = 1)
    {
        using var phone = server.Client();
        var shown = await phone.ShowCodeAsync(await server.Mailbox.TokenAsync(email, mails));
        Assert.True(shown.Status == 200, shown.ToString());
        return shown["code"]!;
    }

    /// <summary>The code of a mail that has one.</summary>
    public static string LinkCodeOf(MailboxFolder.Delivered mail) => EightDigits().Match(mail.Text).Value;

    /// <summary>The link token of an identity without an address, for the account whose address is named.</summary>
    public static async Task<string> LinkTokenAsync(this TestServer server, ApiClient client, ProviderDouble provider, Identity identity, string email, int mails)
    {
        var ticket = await client.TicketAsync(provider, identity);
        Assert.Equal(200, (await client.CompleteAsync(ticket, email)).Status);
        var answer = await client.ConfirmAsync(ticket, await server.ShownCodeAsync(email, mails));
        answer.AssertRefused(409, "account_exists");
        return answer["link_token"]!;
    }

    /// <summary>Another code than this one.</summary>
    public static string Wrong(string code) => code[..^1] + (char)('0' + ((code[^1] - '0' + 1) % 10));

    [GeneratedRegex(@"^\d{8}$", RegexOptions.Multiline)]
    private static partial Regex EightDigits();
}
