using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Texts;

public static class TextsSetup
{
    public static IServiceCollection AddTexts(this IServiceCollection services) =>
        services.AddSettings<TextsOptions, TextsOptionsCheck>("Accounts:Texts").AddSingleton<Languages>();
}
