using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Mail;

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddOptions<MailOptions>().BindConfiguration("Accounts:Mail");
        return services
            .AddSingleton<MailTemplates>().AddScoped<Outbox>()
            .AddSingleton<MailboxFolder>().AddSingleton<IMailSender>(provider => provider.GetRequiredService<MailboxFolder>())
            .AddSingleton<OutboxSignal>().AddHostedService(provider => provider.GetRequiredService<OutboxSignal>())
            .AddHostedService<OutboxWorker>();
    }
}
