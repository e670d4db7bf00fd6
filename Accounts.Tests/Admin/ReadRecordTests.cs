using Accounts.Api.Admin;
using Accounts.Api.Http;
using Accounts.Tests.Http;
using Accounts.Tests.SignIn;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>What administrators look at leaves an event.</summary>
[Trait("Pace", "long")]
public sealed class ReadRecordTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private const string Read = "administration_read";

    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;
    private string address = "";

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        person = await server.VerifiedAsync(client);
        address = await server.Database.AddressAsync(person);
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("", "user"), InlineData("sessions", "sessions"), InlineData("identities", "identities"), InlineData("events", "events")]
    public async Task RO_08_Who_looks_at_a_user_leaves_an_event_at_them(string what, string read)
    {
        Assert.Equal(200, (await admin.GetAsync($"{address}{(what.Length > 0 ? $"{what}/" : "")}")).Status);
        Assert.Equal(1, await server.Database.EventsAsync(person, Read));
        var (actor, before, after) = await server.Database.ActAsync(person, Read);
        Assert.Equal((await server.Database.IdAsync(administrator), read), (actor!.Value, after.GetProperty("read").GetString()));
        Assert.Equal(System.Text.Json.JsonValueKind.Null, before.ValueKind);
    }

    [Theory]
    [InlineData(AdminSteps.Users, "users"), InlineData(EventSteps.Events, "events"), InlineData(EventSteps.Lines, "events")]
    public async Task RO_08_Who_looks_at_many_leaves_one_event_a_call(string path, string read)
    {
        for (var calls = 1; calls <= 2; calls++)
        {
            Assert.Equal(200, (await admin.GetAsync(path)).Status);
            Assert.Equal(calls, await server.Database.EventsAsync(administrator, Read));
        }
        var (actor, _, after) = await server.Database.ActAsync(administrator, Read);
        Assert.Equal((await server.Database.IdAsync(administrator), read), (actor!.Value, after.GetProperty("read").GetString()));
    }

    [Fact]
    public async Task RO_08_Every_route_by_which_administrators_read_does_so()
    {
        var routes = server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<AdministratorsOnlyAttribute>() is not null && endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Contains("GET")).ToArray();
        Assert.NotEmpty(routes);
        Assert.All(routes, route => Assert.True(route.Metadata.GetMetadata<RecordsReadAttribute>() is not null, ServerRoutes.Path(route)));
        foreach (var refused in new[] { $"{AdminSteps.Users}{Guid.NewGuid()}/", $"{AdminSteps.Users}?page=99999", $"{EventSteps.Events}?user=x" })
        {
            Assert.InRange((await admin.GetAsync(refused)).Status, 400, 404);
        }
        Assert.Equal(200, (await client.MeAsync()).Status);
        (await client.GetAsync(AdminSteps.Users)).AssertRefused(403, "permission_denied");
        Assert.Equal((0, 0), (await server.Database.EventsAsync(administrator, Read), await server.Database.EventsAsync(person, Read)));
    }

    /// <summary>Or support would hide among its looks what the user must see.</summary>
    [Fact]
    public async Task Own_activity_is_not_full_of_it_and_the_export_has_it()
    {
        await admin.GetAsync(address);
        var activity = await client.GetAsync("/api/auth/me/events/");
        Assert.DoesNotContain(Read, activity.Text, StringComparison.Ordinal);
        Assert.Equal(activity.Results().Length.ToString(System.Globalization.CultureInfo.InvariantCulture), activity["count"]);
        server.HasProved(client);
        var export = await client.GetAsync("/api/auth/me/export/");
        Assert.Contains(export.Json.GetProperty("security_events").EnumerateArray(), row => row.GetProperty("kind").GetString() == Read);
    }
}
