using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Accounts.Development.Mailbox;
using Accounts.Development.Postgres;
using Microsoft.Extensions.Options;

namespace Accounts.Development;

/// <summary>Where everything is, for who has just started it.</summary>
internal static class Greeting
{
    public static void Write(IServiceProvider services, PrivatePostgres postgres)
    {
        var address = services.GetRequiredService<IOptions<SiteOptions>>().Value.Origin;
        var mail = services.GetRequiredService<IMailSender>() is MailboxFolder
            ? $"Mail is read at        {address}/dev/mailbox"
            : "Mail leaves by         Accounts__Mail__SmtpUrl";
        Console.WriteLine($"""

            Accounts is running    {address}
            {mail}
            The data lies in       {Path.GetDirectoryName(postgres.DataFolder)}
            Ctrl+C ends it, and its PostgreSQL with it.

            """);
    }
}
