using Accounts.Core.Outbox;
using Accounts.Core.Settings;
using Accounts.Core.Texts;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Mail;

public static class MailSetup
{
    public static IServiceCollection AddMail(this IServiceCollection services)
    {
        services.AddSettings<MailOptions, MailOptionsCheck>("Accounts:Mail").AddSingleton<IValidateOptions<TextsOptions>, MailTextsCheck>();
        return services
            .AddSingleton<MailBrand>().AddSingleton<MailLinks>().AddSingleton<MailTemplates>().AddScoped<MailQueue>()
            .AddSingleton<IMailSender, SmtpMailSender>().AddSingleton<IValidateOptions<MailOptions>, SmtpCheck>()
            .AddMailOutbox().AddSingleton<MailDelivery>().AddWorker<MailWorker>();
    }

    /// <summary>The mails' side of the outbox.</summary>
    private static IServiceCollection AddMailOutbox(this IServiceCollection services) => services
        .AddSingleton<OutboxCarrier>().AddSingleton(provider => new OutboxLanes(
            provider.GetRequiredService<OutboxSignal>(), provider.GetRequiredService<OutboxCarrier>(), provider.GetRequiredService<ILogger<OutboxLanes>>()))
        .AddSingleton<IOutboxReport<OutboxMessage>, MailReport>().AddScoped<IOutboxQueue<OutboxMessage>, QueuedMails>()
        .AddScoped<OutboxClaim<OutboxMessage>>().AddScoped<OutboxDelivery<OutboxMessage>>();

    /// <summary>Mail leaves by another sender than SMTP, and no mail server is asked for.</summary>
    public static IServiceCollection SendMailBy<TSender>(this IServiceCollection services) where TSender : class, IMailSender
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(SmtpCheck)));
        return services.Replace(ServiceDescriptor.Singleton<IMailSender, TSender>());
    }
}
