using System.Reflection;
using Accounts.Api.Http;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Accounts.Tests.Http;

/// <summary>What is called without MVC's invoker is answered as everything else is.</summary>
public sealed class DirectActionTests(Postgres postgres)
{
    [Fact]
    public async Task Me_and_a_refresh_are_JSON_with_a_length_refuse_what_JSON_cannot_satisfy_and_know_their_methods()
    {
        await using var server = await TestServer.StartAsync(postgres, ("Accounts:Sessions:ReuseLeeway", "00:00:00"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        foreach (var answer in new[] { await client.MeAsync(), await client.RefreshAsync() })
        {
            Assert.Equal((200, "application/json"), (answer.Status, answer.MediaType));
            Assert.Equal(answer.Text.Length, int.Parse(answer.Header("Content-Length")!, System.Globalization.CultureInfo.InvariantCulture));
        }
        var bearer = ("Authorization", $"Bearer {client.Access}");
        Assert.Equal(200, (await client.GetAsync("/api/auth/me/", bearer, ("Accept", "text/html,*/*;q=0.1"))).Status);
        Assert.Equal(406, (await client.GetAsync("/api/auth/me/", bearer, ("Accept", "application/xml"))).Status);
        using var nobody = server.Client();
        Assert.Equal(401, (await nobody.GetAsync("/api/auth/me/")).Status);
        Assert.Equal(405, (await client.PostAsync("/api/auth/me/", null, bearer)).Status);
        var generation = await GenerationAsync(server);
        Assert.Equal(406, (await client.PostAsync("/api/auth/token/refresh/", null, ("Accept", "application/xml"))).Status);
        Assert.Equal(generation, await GenerationAsync(server));
        Assert.Equal(200, (await client.RefreshAsync()).Status);
    }

    private static Task<long> GenerationAsync(TestServer server) => server.Database.ScalarAsync<long>("SELECT generation FROM sessions");

    /// <summary>Whoever adds one for all actions has those that are called directly do it themselves.</summary>
    [Fact]
    public async Task No_filter_of_all_actions_is_left_out_but_what_they_need_nothing_of()
    {
        await using var server = await TestServer.StartAsync(postgres, ("environment", "Production"));
        var filters = server.Services.GetRequiredService<IOptions<MvcOptions>>().Value.Filters.Select(filter => filter.GetType().Name);
        Assert.Equal(["NotAcceptableFilter", "UnsupportedContentTypeFilter"], filters.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(typeof(Filtered), "the filter RefuserAttribute")]
    [InlineData(typeof(FilteredAsAWhole), "the filter RefuserAttribute")]
    [InlineData(typeof(WithParameters), "parameters")]
    [InlineData(typeof(WithoutAValue), "another answer than a task of a value")]
    [InlineData(typeof(Whole), null)]
    public async Task One_that_MVC_would_do_more_for_stops_the_start(Type controller, string? hindrance)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddMvcCore().ConfigureApplicationPartManager(parts =>
        {
            parts.ApplicationParts.Clear();
            parts.FeatureProviders.Clear();
            parts.FeatureProviders.Add(new Only(controller));
        });
        await using var app = builder.Build();
        app.MapControllers().CallDirectly();
        var look = () => ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).ToArray();
        if (hindrance is null)
        {
            Assert.Single(look());
        }
        else
        {
            Assert.Contains(hindrance, Assert.Throws<NotSupportedException>(look).Message, StringComparison.Ordinal);
        }
    }

    private sealed class Only(Type controller) : IApplicationFeatureProvider<ControllerFeature>
    {
        public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) => feature.Controllers.Add(controller.GetTypeInfo());
    }

    private sealed class RefuserAttribute : Attribute, IResourceFilter
    {
        public void OnResourceExecuting(ResourceExecutingContext context) => context.Result = new ForbidResult();

        public void OnResourceExecuted(ResourceExecutedContext context)
        {
        }
    }

    private sealed class Filtered : ControllerBase
    {
        [HttpGet("there"), Direct, Refuser]
        public Task<ActionResult<string>> Act() => Task.FromResult<ActionResult<string>>("");
    }

    [Refuser]
    private sealed class FilteredAsAWhole : ControllerBase
    {
        [HttpGet("there"), Direct]
        public Task<ActionResult<string>> Act() => Task.FromResult<ActionResult<string>>("");
    }

    private sealed class WithParameters : ControllerBase
    {
        [HttpGet("there"), Direct]
        public Task<ActionResult<string>> Act([BindRequired] string word) => Task.FromResult<ActionResult<string>>(word);
    }

    private sealed class WithoutAValue : ControllerBase
    {
        [HttpGet("there"), Direct]
        public Task<IActionResult> Act() => Task.FromResult<IActionResult>(NoContent());
    }

    private sealed class Whole : ControllerBase
    {
        [HttpGet("there"), Direct]
        public Task<ActionResult<string>> Act() => Task.FromResult<ActionResult<string>>("");
    }
}
