using Accounts.Api.Docs;
using Accounts.Core.Settings;
using Accounts.Core.Webhooks;
using Microsoft.AspNetCore.OpenApi;

namespace Accounts.Api.Webhooks;

public static class WebhooksHttpSetup
{
    private const string Section = "Accounts:Webhooks";

    /// <summary>With the receivers that the configuration names, as many as it likes.</summary>
    public static IServiceCollection AddWebhooksHttp(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection(Section).GetChildren().Where(section => section.Value is null))
        {
            services.AddSingleton(new SettingsSection($"{Section}:{section.Key}", typeof(WebhookReceiverOptions))).AddSingleton(new WebhookReceiverName(section.Key));
            services.AddOptions<WebhookReceiverOptions>(section.Key).Bind(section).ValidateOnStart();
        }
        return services.Configure<OpenApiOptions>(ApiDocument.Name, document => document.AddDocumentTransformer<WebhookDocument>());
    }
}
