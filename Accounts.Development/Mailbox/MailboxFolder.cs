using System.Text.Json;
using Accounts.Core.Mail;
using Microsoft.Extensions.Options;

namespace Accounts.Development.Mailbox;

/// <summary>Development's delivery: each mail a file in a folder, which <c>/dev/mailbox</c> shows. A mail sent twice is one file.</summary>
public sealed class MailboxFolder(IOptions<MailboxOptions> options, TimeProvider time) : IMailSender
{
    private const int MostShown = 500;

    private readonly string folder = options.Value.MailboxFolder;

    /// <summary>A delivered mail as the mailbox lists it.</summary>
    public sealed record Delivered(Guid Id, string To, string From, string Subject, string Text, string Html, DateTimeOffset SentAt);

    public async Task SendAsync(MailMessage message, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var mail = new Delivered(message.Id, message.To, message.From, message.Subject, message.Text, message.WholeHtml, time.GetUtcNow());
        var file = Path.Combine(folder, $"{message.Id:N}.json");
        // Renamed when complete, so that nobody reads half a mail.
        await File.WriteAllBytesAsync(file + ".part", JsonSerializer.SerializeToUtf8Bytes(mail), cancellation);
        File.Move(file + ".part", file, overwrite: true);
    }

    public Task<string?> FaultAsync(CancellationToken cancellation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return Task.FromResult<string?>(null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Task.FromResult<string?>($"The folder of mails cannot be written to: {e.Message} Accounts__Mail__MailboxFolder names another.");
        }
    }

    /// <summary>Newest first; ids are in the order of time.</summary>
    public async Task<List<Delivered>> ReadAsync(CancellationToken cancellation)
    {
        var mails = new List<Delivered>();
        if (Directory.Exists(folder))
        {
            foreach (var file in Directory.GetFiles(folder, "*.json").OrderDescending(StringComparer.Ordinal).Take(MostShown))
            {
                mails.Add(JsonSerializer.Deserialize<Delivered>(await File.ReadAllBytesAsync(file, cancellation))!);
            }
        }
        return mails;
    }
}
