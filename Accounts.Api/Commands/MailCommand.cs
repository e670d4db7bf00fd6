using System.CommandLine;
using Accounts.Core.Checkup;
using Accounts.Core.Mail;
using Accounts.Core.Outbox;
using Accounts.Core.Users;

namespace Accounts.Api.Commands;

/// <summary><c>mail status</c>, <c>mail retry</c>, <c>mail test ADDRESS</c>: what becomes of the mails.</summary>
public static class MailCommand
{
    public static Command Make(AtServer at)
    {
        var address = new Argument<string>("ADDRESS") { Description = "Whom the test mail goes to." };
        var status = new Command("status", "Shows how many mails wait, for how long, and why.");
        var retry = new Command("retry", "Tries every mail that waits again now: for when the mail server is there again.");
        var test = new Command("test", "Sends one mail at once, and shows what the mail server says.") { address };
        status.SetAction((words, cancellation) => at(server => StatusAsync(server, words, cancellation)));
        retry.SetAction((words, cancellation) => at(server => RetryAsync(server, words, cancellation)));
        test.SetAction((words, cancellation) => at(server => TestAsync(server, words.GetRequiredValue(address), words, cancellation)));
        return new Command("mail", "Shows what waits to be sent, tries it again, sends a test mail.") { status, retry, test };
    }

    private static async Task<int> StatusAsync(AccountsServer server, ParseResult words, CancellationToken cancellation)
    {
        var status = await server.App.Services.GetRequiredService<OutboxKeeper>().StatusAsync(cancellation);
        if (words.IsJson())
        {
            words.Json(status, CommandJson.Default.OutboxStatus);
            return 0;
        }
        words.Line($"{Waiting(status)}; {status.Abandoned} {(status.Abandoned == 1 ? "was" : "were")} given up within 30 days.");
        foreach (var reason in status.Reasons)
        {
            words.Line($"{reason.Count,6}  {reason.State,-9}  {reason.Template}: {reason.LastError}");
        }
        return 0;
    }

    private static string Waiting(OutboxStatus status) => status.Queued switch
    {
        0 => "No mail waits",
        1 => $"1 mail waits, for {TimeSpan.FromSeconds(status.OldestSeconds)}",
        _ => $"{status.Queued} mails wait, the oldest for {TimeSpan.FromSeconds(status.OldestSeconds)}",
    };

    private static async Task<int> RetryAsync(AccountsServer server, ParseResult words, CancellationToken cancellation)
    {
        var count = await server.App.Services.GetRequiredService<OutboxKeeper>().RetryAsync(cancellation);
        if (words.IsJson())
        {
            words.Json(new RetriedMails(count), CommandJson.Default.RetriedMails);
            return 0;
        }
        words.Line($"{(count == 1 ? "1 mail is" : $"{count} mails are")} tried again by the servers that run, within seconds.");
        return 0;
    }

    private static async Task<int> TestAsync(AccountsServer server, string address, ParseResult words, CancellationToken cancellation)
    {
        if (!EmailAddress.TryParse(address, out _))
        {
            return words.Fail($"{address} is no e-mail address.");
        }
        try
        {
            await server.App.Services.GetRequiredService<MailTrial>().SendAsync(address, cancellation);
        }
        catch (Exception e) when (e is UndeliverableException or SmtpException or CarrierAwayException)
        {
            return words.Fail(e.Message);
        }
        if (words.IsJson())
        {
            words.Json(new TriedMail(address), CommandJson.Default.TriedMail);
            return 0;
        }
        words.Line($"The mail server has taken a mail to {address}. If none arrives, look into the spam folder, and at SPF, DKIM and DMARC of the sender's domain.");
        return 0;
    }
}
