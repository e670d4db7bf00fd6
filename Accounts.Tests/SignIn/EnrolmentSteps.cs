using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;
using Accounts.Tests.SecondFactor;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

/// <summary>The steps of a sign-in that waits for a factor to be added.</summary>
internal static partial class EnrolmentSteps
{
    public const string Mail = "/api/auth/login/enrolment/mail/", Subject = "Your code for ";

    /// <summary>The ticket that the right password gets who must have a factor and has none.</summary>
    public static async Task<string> EnrolmentTicketAsync(this ApiClient client, Person person)
    {
        var answer = await client.LoginAsync(person);
        answer.AssertRefused(403, "second_factor_enrolment_required");
        return answer["ticket"]!;
    }

    public static Task<Answer> AskEnrolmentCodeAsync(this ApiClient client, string? ticket) => client.PostAsync(Mail, ticket is null ? new { } : new { ticket });

    /// <summary>Asks, and takes the code out of the mail.</summary>
    /// <param name="server">whose mailbox has it</param>
    /// <param name="client">that has the ticket</param>
    /// <param name="person">whose mail it is</param>
    /// <param name="ticket">null for the cookie's</param>
    public static async Task<string> EnrolmentCodeAsync(this TestServer server, ApiClient client, Person person, string? ticket)
    {
        var before = server.EnrolmentMails(person).Count;
        (await client.AskEnrolmentCodeAsync(ticket)).AssertBody(200, """{"detail":"A code has been sent to your address."}""");
        await Until.TrueAsync(() => Task.FromResult(server.EnrolmentMails(person).Count > before), $"a code to {person.Email}");
        return EightDigits().Match(server.EnrolmentMails(person)[^1].Text).Value;
    }

    public static List<MailboxFolder.Delivered> EnrolmentMails(this TestServer server, Person person) =>
        server.Mailbox.To(person.Email).FindAll(mail => mail.Subject.StartsWith(Subject, StringComparison.Ordinal) && mail.Text.Contains("second factor", StringComparison.Ordinal));

    public static Task<Answer> BeginEnrolmentAsync(this ApiClient client, string? ticket, string? code) =>
        client.PostAsync(FactorSteps.Begin, code is null ? new { ticket } : ticket is null ? new { mail_code = code } : new { ticket, mail_code = code });

    public static Task<Answer> ConfirmEnrolmentAsync(this ApiClient client, string? ticket, string code, params (string Name, string Value)[] headers) =>
        client.PostAsync(FactorSteps.Confirm, ticket is null ? new { code } : new { ticket, code }, headers);

    /// <summary>All of it, with an app.</summary>
    /// <returns>the answer of the sign-in</returns>
    public static async Task<Answer> EnrolAsync(this TestServer server, ApiClient client, Person person, string? ticket)
    {
        var begun = await client.BeginEnrolmentAsync(ticket, await server.EnrolmentCodeAsync(client, person, ticket));
        Assert.True(begun.Status == 200, begun.ToString());
        return await client.ConfirmEnrolmentAsync(ticket, FactorSteps.CodeOf(begun["secret"]!));
    }

    [GeneratedRegex(@"\b\d{8}\b")]
    private static partial Regex EightDigits();
}
