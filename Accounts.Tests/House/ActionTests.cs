using System.Reflection;
using Accounts.Api;
using Accounts.Development;
using Accounts.Tests.Compatibility;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Routing;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>Nothing is open, or unlimited, because somebody forgot to say.</summary>
public sealed class ActionTests(Postgres postgres)
{
    private static readonly MethodInfo[] Actions =
        [.. new[] { typeof(Program), typeof(DevelopmentHost) }.SelectMany(host => host.Assembly.GetTypes())
            .Where(type => type.IsSubclassOf(typeof(ControllerBase)))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))];

    [Fact]
    public void Every_public_method_of_a_controller_is_an_action_with_its_HTTP_method()
    {
        Assert.NotEmpty(Actions);
        Assert.All(Actions, action => Assert.True(Has<HttpMethodAttribute>(action), Name(action)));
    }

    [Fact]
    public void Every_action_says_who_may_call_it() =>
        Assert.All(Actions, action => Assert.True(Has<AuthorizeAttribute>(action) != Has<AllowAnonymousAttribute>(action), Name(action)));

    [Fact]
    public void Every_action_says_how_often_it_may_be_called() =>
        Assert.All(Actions, action => Assert.True(Has<EnableRateLimitingAttribute>(action) || Has<DisableRateLimitingAttribute>(action), Name(action)));

    [Fact]
    public async Task Every_endpoint_says_who_may_call_it_whatever_it_is_made_of()
    {
        await using var server = await TestServer.StartAsync(postgres, EveryLibrary.Enabled);
        var endpoints = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).ToArray();
        Assert.True(endpoints.Length >= Actions.Length);
        Assert.All(endpoints, endpoint =>
            Assert.True(endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null || endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null, endpoint.DisplayName));
    }

    private static bool Has<T>(MethodInfo action)
        where T : Attribute => action.IsDefined(typeof(T)) || action.DeclaringType!.IsDefined(typeof(T));

    private static string Name(MethodInfo action) => $"{action.DeclaringType!.Name}.{action.Name}";
}
