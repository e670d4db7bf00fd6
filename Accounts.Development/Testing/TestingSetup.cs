using Microsoft.AspNetCore.Mvc;

namespace Accounts.Development.Testing;

public static class TestingSetup
{
    public static IServiceCollection AddTesting(this IServiceCollection services) => services
        .AddScoped<TestSignUp>().AddScoped<TestFactors>().AddScoped<TestUsers>()
        .AddSingleton<RowAging>().AddSingleton<UserAging>().AddSingleton<AgedTokens>()
        .AddSingleton<AgedTokenRule>().AddSingleton<IStartupFilter>(services => services.GetRequiredService<AgedTokenRule>())
        .Configure<MvcOptions>(mvc => mvc.Filters.AddService<AgedTokenRule>())
        .AddSingleton<StolenTokens>().AddScoped<TokenTheft>();
}
