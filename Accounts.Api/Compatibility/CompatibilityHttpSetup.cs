using Accounts.Api.Compatibility.DjRestAuth;
using Accounts.Api.Compatibility.Djoser;
using Accounts.Api.Compatibility.Flask;
using Accounts.Api.Compatibility.SimpleJwt;
using Accounts.Api.Http;
using Accounts.Core.Settings;
using Microsoft.AspNetCore.Mvc;

namespace Accounts.Api.Compatibility;

public static class CompatibilityHttpSetup
{
    public const string Section = "Accounts:Compatibility";

    public static IServiceCollection AddCompatibility(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<CompatibilityOptions, CompatibilityOptionsCheck>(Section)
            .AddSettings<DjRestAuthOptions, DjRestAuthOptionsCheck>($"{Section}:DjRestAuth").AddSettings<DjoserOptions, DjoserOptionsCheck>($"{Section}:Djoser")
            .AddSettings<SimpleJwtOptions, SimpleJwtOptionsCheck>($"{Section}:SimpleJwt").AddSettings<FlaskOptions, FlaskOptionsCheck>($"{Section}:Flask");
        // Routes are made while the server is built, before settings are checked: what is wrong with them is told then, and mounts nothing here.
        var enabled = Library.Enabled(configuration).Select(library => (Library: library, Prefix: library.Prefix(configuration)))
            .Where(mounted => !PrefixRule.Mistakes(mounted.Library.Name, mounted.Prefix).Any()).ToDictionary(mounted => mounted.Library, mounted => mounted.Prefix);
        services.Configure<MvcOptions>(mvc => mvc.Conventions.Add(new MountConvention(enabled)));
        return enabled.Count == 0 ? services : services.AddAnswers(CompatibilityJson.Default).AddSingleton<IStartupFilter, TokenSchemes>()
            .AddScoped<AliasSignIn>().AddScoped<AliasSignUp>().AddScoped<AliasMails>().AddScoped<AliasPasswords>();
    }
}
