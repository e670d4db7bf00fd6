namespace Accounts.Api.Pages;

public static class PagesHttpSetup
{
    public static IServiceCollection AddPages(this IServiceCollection services) =>
        services.AddSingleton<FieldRules>().AddSingleton<PageSettings>().AddSingleton<PageFiles>();
}
