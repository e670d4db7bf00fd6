using System.Diagnostics.CodeAnalysis;
using MimeKit;

namespace Accounts.Core.Mail;

/// <summary>What mail is sent as, read at the start as for every mail: by two parsers, one would let through what the other refuses for each of them.</summary>
internal static class SenderAddress
{
    private static readonly ParserOptions Options = new() { AllowAddressesWithoutDomain = false };

    /// <param name="text"><c>Name &lt;address&gt;</c> or an address</param>
    /// <param name="address">which it is</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out MailboxAddress? address) => MailboxAddress.TryParse(Options, text, out address);
}
