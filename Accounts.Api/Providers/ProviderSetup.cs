using Accounts.Core.Social;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Providers;

internal static class ProviderSetup
{
    /// <summary>Registers a provider: whose settings are the only ones of their class.</summary>
    public static IServiceCollection AddProvider<THandler, TSettings>(
        this IServiceCollection services, string name, string title, Action<SocialProvider, TSettings, HttpClient> configure)
        where THandler : SocialHandler where TSettings : class =>
        services.AddProvider<THandler, TSettings>(name, _ => title, Options.DefaultName, configure);

    /// <param name="services">that it is added to</param>
    /// <param name="name">in paths and in the database</param>
    /// <param name="title">on buttons and in mails</param>
    /// <param name="settings">the name of its settings among those of their class</param>
    /// <param name="configure">takes them over</param>
    public static IServiceCollection AddProvider<THandler, TSettings>(
        this IServiceCollection services, string name, Func<TSettings, string> title, string settings, Action<SocialProvider, TSettings, HttpClient> configure)
        where THandler : SocialHandler where TSettings : class => services
        .AddSingleton(provider => Describe(provider.GetRequiredService<IOptionsMonitor<SocialProvider>>().Get(name)))
        .AddSingleton(new ProviderRegistration(name, typeof(THandler)))
        .AddOptions<SocialProvider>(name).Configure<IOptionsMonitor<TSettings>, ProviderHttp>((provider, all, connection) =>
        {
            var own = all.Get(settings);
            (provider.Name, provider.Title) = (name, title(own));
            configure(provider, own, connection.To(own));
        }).Services;

    /// <summary>What comes by our callback alone is no script's to bring.</summary>
    private static IdentityProvider Describe(SocialProvider provider) =>
        new(provider.Name, provider.Title) { AsksAnew = provider is { IsOn: true, AsksAnew: true, FormPost: false } };
}
