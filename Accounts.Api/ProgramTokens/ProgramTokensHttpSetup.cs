using Accounts.Api.Http;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Settings;

namespace Accounts.Api.ProgramTokens;

public static class ProgramTokensHttpSetup
{
    private const string Section = "Accounts:Clients";

    /// <summary>With the clients that the configuration names, as many as it likes.</summary>
    public static IServiceCollection AddProgramTokensHttp(this IServiceCollection services, IConfiguration configuration)
    {
        foreach (var section in configuration.GetSection(Section).GetChildren().Where(section => section.Value is null))
        {
            services.AddSingleton(new SettingsSection($"{Section}:{section.Key}", typeof(ProgramClientOptions))).AddSingleton(new ProgramClientName(section.Key));
            services.AddOptions<ProgramClientOptions>(section.Key).Bind(section).ValidateOnStart();
        }
        return services.AddAnswers(ProgramTokensJson.Default);
    }
}
