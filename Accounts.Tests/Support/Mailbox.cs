using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;

namespace Accounts.Tests.Support;

/// <summary>The mails that a server under test has sent.</summary>
public sealed partial class Mailbox(string folder)
{
    private readonly ConcurrentDictionary<(string File, DateTime Written), MailboxFolder.Delivered> read = new();

    public List<MailboxFolder.Delivered> All() => [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Once: who waits for a mail asks again and again, and of all mails.</summary>
    private MailboxFolder.Delivered Read(string file) =>
        read.GetOrAdd((file, File.GetLastWriteTimeUtc(file)), mail => JsonSerializer.Deserialize<MailboxFolder.Delivered>(File.ReadAllBytes(mail.File))!);

    public List<MailboxFolder.Delivered> To(string address) => All().FindAll(mail => mail.To == address);

    /// <summary>The newest mail to an address, once there are at least so many.</summary>
    public async Task<MailboxFolder.Delivered> WaitAsync(string address, int count = 1)
    {
        List<MailboxFolder.Delivered> mails = [];
        await Until.TrueAsync(() => Task.FromResult((mails = To(address)).Count >= count), $"{count} mails to {address}");
        return mails[^1];
    }

    /// <summary>The token in the newest mail's link.</summary>
    public async Task<string> TokenAsync(string address, int count = 1) => TokenOf(await WaitAsync(address, count));

    public static string TokenOf(MailboxFolder.Delivered mail) => Token().Match(mail.Text).Groups[1].Value;

    public static string CodeOf(MailboxFolder.Delivered mail) => Code().Match(mail.Text).Value;

    [GeneratedRegex(@"token=([A-Za-z0-9_-]{43,})")]
    private static partial Regex Token();

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex Code();
}
