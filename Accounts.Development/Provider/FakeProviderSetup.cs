using Accounts.Api.Providers;
using Accounts.Core.Social;

namespace Accounts.Development.Provider;

public static class FakeProviderSetup
{
    public const string Name = "fake";

    private const string Title = "Fake provider";

    public static IServiceCollection AddFakeProvider(this IServiceCollection services) => services
        .AddSingleton<FakeProvider>().AddSingleton(new IdentityProvider(Name, Title))
        .AddSingleton(services => new ProviderRegistration(Name, typeof(FakeHandler),
            services.GetRequiredService<DevelopmentTools>().ExistFor))
        .AddOptions<SocialProvider>(Name).Configure<FakeProvider, ProviderHttp>((provider, fake, connection) =>
        {
            (provider.Name, provider.Title) = (Name, Title);
            provider.Use(fake.Settings, connection.Http, "openid", "email", "profile");
        }).Services;
}
