using Accounts.Core.Data;
using Accounts.Core.Workers;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.MailRequests;

public static class MailRequestsSetup
{
    public static IServiceCollection AddMailRequests(this IServiceCollection services) => services
        .AddSingleton<MailRequestBacklog>().AddSingleton<MailRequestQueue>().AddSingleton<MailRequestTurns>()
        .AddScoped<MailRequestWork>().AddWorker<MailRequestWorker>()
        .AddRestoreRule("mail_requests")
        .AddImpersonalTable("mail_requests", "what was asked for under a sealed key, gone within seconds")
        .AddSweepRule("mail_requests", "asked_at < clock_timestamp() - interval '1 hour'");
}
