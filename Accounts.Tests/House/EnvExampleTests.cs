using System.Globalization;
using System.Reflection;
using Accounts.Api;
using Accounts.Api.Providers.OpenId;
using Accounts.Core.ProgramTokens;
using Accounts.Core.Settings;
using Accounts.Core.Webhooks;
using Accounts.Development;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>Every property of every options class is in <c>.env.example</c>, and the other way round.</summary>
public sealed class EnvExampleTests
{
    private static readonly Type[] OptionsTypes =
        [.. new[] { typeof(SiteOptions), typeof(Program), typeof(DevelopmentHost) }.SelectMany(one => one.Assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal))];

    [Fact]
    public async Task The_defaults_are_those_of_the_options()
    {
        var bound = await BindAsync(value => value);
        Assert.Equal(Values(OptionsTypes.Select(type => Activator.CreateInstance(type)!)), Values(bound));
    }

    [Fact]
    public async Task Every_setting_is_listed_once_and_reaches_its_options()
    {
        var defaults = Values(OptionsTypes.Select(type => Activator.CreateInstance(type)!));
        var changed = Values(await BindAsync(Another));
        Assert.Empty(defaults.Intersect(changed));
        Assert.Equal(defaults.Count, EnvExample.Entries().Count(entry => entry.Key != "ConnectionStrings__Accounts"));
    }

    /// <summary>The options as the server and the development host bind them when every setting of the example is given.</summary>
    private static async Task<List<object>> BindAsync(Func<string, string> value)
    {
        var args = EnvExample.Entries().Select(entry => $"--{entry.Key.Replace("__", ":", StringComparison.Ordinal)}={value(entry.Value)}");
        var builder = Program.CreateBuilder([.. args, "--environment=Production", "--ConnectionStrings:Accounts=Host=nowhere"]);
        Program.AddServer(builder);
        builder.AddDevelopment();
        await using var server = Program.Build(builder);
        return [.. OptionsTypes.Select(type => ((IBinding)Activator.CreateInstance(typeof(Binding<>).MakeGenericType(type))!).Bind(server.App.Services))];
    }

    private static string Another(string value) => value switch
    {
        "true" => "false",
        "false" => "true",
        _ when int.TryParse(value, CultureInfo.InvariantCulture, out var number) => (number + 1).ToString(CultureInfo.InvariantCulture),
        _ when TimeSpan.TryParse(value, CultureInfo.InvariantCulture, out var time) => (time + TimeSpan.FromSeconds(1)).ToString(),
        _ => $"another-{value}",
    };

    private static List<string> Values(IEnumerable<object> options) =>
        [.. options.SelectMany(one => one.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.CanWrite).Select(property => $"{one.GetType().Name}.{property.Name} = {property.GetValue(one)}"))];

    /// <summary>Of the options that have names, those of the example.</summary>
    private static readonly Dictionary<Type, string> Names = new() { [typeof(OidcOptions)] = "Company", [typeof(ProgramClientOptions)] = "Billing", [typeof(WebhookReceiverOptions)] = "App" };

    private interface IBinding
    {
        object Bind(IServiceProvider services);
    }

    /// <summary>Without validation, which would refuse the values that stand here for others.</summary>
    private sealed class Binding<T> : IBinding
        where T : class, new()
    {
        public object Bind(IServiceProvider services)
        {
            var options = new T();
            foreach (var configure in services.GetServices<IConfigureOptions<T>>())
            {
                Configure(configure, options);
            }
            return options;
        }

        private static void Configure(IConfigureOptions<T> configure, T options)
        {
            configure.Configure(options);
            if (Names.TryGetValue(typeof(T), out var name) && configure is IConfigureNamedOptions<T> named)
            {
                named.Configure(name, options);
            }
        }
    }
}
