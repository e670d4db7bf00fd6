using Accounts.Api.Hosting;
using Accounts.Core.Mail;
using Accounts.Core.Settings;
using Accounts.Development.Mailbox;
using Accounts.Development.Mails;
using Accounts.Development.Provider;
using Accounts.Development.Testing;

namespace Accounts.Development;

public static class DevelopmentSetup
{
    /// <summary>After the server's own parts, some of which it replaces.</summary>
    public static void AddDevelopment(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSettings<DevelopmentOptions>("Accounts:Dev").AddSingleton<DevelopmentTools>();
        services.AddSettings<MailboxOptions>("Accounts:Mail");
        services.AddMvcCore().AddApplicationPart(typeof(DevelopmentSetup).Assembly);
        services.AddSingleton<SampleMails>();
        services.AddFakeProvider().AddTesting();
        services.AddSingleton(new AnotherPort("Accounts__PublicUrl=http://localhost:8001 ./run"));
        if (string.IsNullOrEmpty(builder.Configuration["Accounts:Mail:SmtpUrl"]))
        {
            services.SendMailBy<MailboxFolder>();
        }
    }
}
