using System.Runtime.CompilerServices;
using Accounts.Core.Mail;

namespace Accounts.Core.Checkup;

/// <summary>Whether the mail server greets us, over TLS as it is set, and takes our credentials.</summary>
public sealed class MailCheck(IMailSender sender) : ICheck
{
    public string Name => "mail";

    public string WhenWell => "Mail can be handed over. Whether it arrives, mail test ADDRESS shows.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        if (await sender.FaultAsync(cancellation) is { } fault)
        {
            yield return Fault.Problem(fault);
        }
    }
}
