using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSettings<MailOptions, MailOptionsCheck>("Accounts:Mail");
        return services
            .AddSingleton<MailTemplates>().AddScoped<MailQueue>()
            .AddSingleton<MailboxFolder>().AddSingleton<SmtpMailSender>().AddSingleton(Sender)
            .AddSingleton<MailDelivery>().AddHostedService<MailWorker>();
    }

    /// <summary>The mailbox is Development's alone: the start is refused elsewhere without a mail server.</summary>
    private static IMailSender Sender(IServiceProvider services) =>
        services.GetRequiredService<IOptions<MailOptions>>().Value.SmtpUrl.Length > 0
            ? services.GetRequiredService<SmtpMailSender>()
            : services.GetRequiredService<MailboxFolder>();
}
