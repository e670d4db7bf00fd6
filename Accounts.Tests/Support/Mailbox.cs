using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Development.Mailbox;

namespace Accounts.Tests.Support;

/// <summary>The mails that a server under test has sent.</summary>
public sealed partial class Mailbox(string folder)
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(20);

    public List<MailboxFolder.Delivered> All() =>
        [.. Directory.GetFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => JsonSerializer.Deserialize<MailboxFolder.Delivered>(File.ReadAllBytes(file))!)];

    public List<MailboxFolder.Delivered> To(string address) => All().FindAll(mail => mail.To == address);

    /// <summary>The newest mail to an address, once there are at least so many.</summary>
    public async Task<MailboxFolder.Delivered> WaitAsync(string address, int count = 1)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience.Of(Usual); await Task.Delay(20))
        {
            if (To(address) is { } mails && mails.Count >= count)
            {
                return mails[^1];
            }
        }
        throw new InvalidOperationException($"No {count} mails to {address} within {Patience.Of(Usual).TotalSeconds:F0} s.");
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
