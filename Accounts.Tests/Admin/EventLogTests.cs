using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>Events of all users, as administrators read them.</summary>
public sealed class EventLogTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient admin = null!, client = null!;
    private Person administrator = null!, person = null!;
    private Guid user;

    public async ValueTask InitializeAsync()
    {
        (admin, client) = (server.Client(), server.Client());
        administrator = await server.SignInAdministratorAsync(admin);
        person = await server.VerifiedAsync(client);
        user = await server.Database.IdAsync(person);
        await server.NumberEventsAsync();
    }

    public ValueTask DisposeAsync()
    {
        admin.Dispose();
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task RO_08_A_row_says_what_happened_to_whom_by_whom_and_from_where()
    {
        await admin.PutRolesAsync(await server.Database.AddressAsync(person), "editor");
        await server.NumberEventsAsync();
        var row = (await admin.GetAsync($"{EventSteps.Events}?user={user}")).Results()[0];
        Assert.Equal(
            ["number", "kind", "at", "user_id", "actor_id", "ip", "device", "before", "after", "count"],
            row.EnumerateObject().Select(member => member.Name));
        Assert.Equal(
            ("roles_changed", user, await server.Database.IdAsync(administrator), "127.0.0.1", """{"roles":["editor"]}"""),
            (row.GetProperty("kind").GetString(), row.GetProperty("user_id").GetGuid(), row.GetProperty("actor_id").GetGuid(), row.GetProperty("ip").GetString(), JsonSerializer.Serialize(row.GetProperty("after"))));
    }

    [Theory]
    [InlineData(""), InlineData("&after=0")]
    public async Task Page_by_page_each_event_comes_once_and_in_order(string from)
    {
        var planted = await server.Database.PlantEventsAsync(55);
        await server.NumberEventsAsync();
        var numbers = new List<long>();
        var next = $"{EventSteps.Events}?user={planted}&page_size=20{from}";
        for (var page = 1; next is not null and not "null"; page++)
        {
            Assert.InRange(page, 1, 3);
            var answer = await admin.GetAsync(new Uri(admin.Address, next).PathAndQuery);
            numbers.AddRange(answer.Results().Numbers());
            next = answer["next"];
        }
        Assert.Equal(55, numbers.Distinct().Count());
        Assert.Equal(from.Length > 0 ? numbers.Order() : numbers.OrderDescending(), numbers);
    }

    [Fact]
    public async Task RO_08_No_more_than_a_hundred_come_at_once()
    {
        var planted = await server.Database.PlantEventsAsync(130);
        await server.NumberEventsAsync();
        Assert.Equal(100, (await admin.GetAsync($"{EventSteps.Events}?user={planted}&page_size=1000000")).Results().Length);
        Assert.Equal(25, (await admin.GetAsync($"{EventSteps.Events}?user={planted}")).Results().Length);
    }

    [Fact]
    public async Task They_are_found_by_kind_user_actor_and_time()
    {
        var address = await server.Database.AddressAsync(person);
        await admin.PatchAsync(address, new { first_name = "Ann" });
        await admin.PutRolesAsync(address, "editor");
        await server.NumberEventsAsync();
        var actor = await server.Database.IdAsync(administrator);
        Assert.Equal(["roles_changed", "user_changed"], (await admin.GetAsync($"{EventSteps.Events}?actor={actor}&user={user}")).Results().Kinds());
        Assert.Equal(["user_changed"], (await admin.GetAsync($"{EventSteps.Events}?actor={actor}&kind=user_changed")).Results().Kinds());
        Assert.Empty((await admin.GetAsync($"{EventSteps.Events}?user={user}&kind=no_such_kind")).Results());
        Assert.Empty((await admin.GetAsync($"{EventSteps.Events}?user={Guid.NewGuid()}")).Results());
    }

    [Fact]
    public async Task A_time_is_a_stretch_whose_end_does_not_belong_to_it()
    {
        var planted = await server.Database.PlantEventsAsync(10, secondsAgo: 7200);
        await server.NumberEventsAsync();
        var times = (await admin.GetAsync($"{EventSteps.Events}?user={planted}&after=0")).Results().Select(row => row.GetProperty("at").GetDateTime()).ToArray();
        var (since, until) = (times[3], times[7]);
        var found = (await admin.GetAsync($"{EventSteps.Events}?user={planted}&after=0&since={since:yyyy-MM-ddTHH:mm:ssZ}&until={until:yyyy-MM-ddTHH:mm:ssZ}")).Results();
        Assert.Equal(times[3..7], found.Select(row => row.GetProperty("at").GetDateTime()));
        Assert.Empty((await admin.GetAsync($"{EventSteps.Events}?user={planted}&since={DateTime.UtcNow.AddDays(1):yyyy-MM-ddTHH:mm:ssZ}")).Results());
    }

    [Theory]
    [InlineData("user=ann", "user"), InlineData("actor=1", "actor"), InlineData("since=yesterday", "since"), InlineData("until=x", "until"), InlineData("after=-1", "after"), InlineData("before=x", "before")]
    public async Task What_cannot_be_asked_for_is_told_by_its_name(string query, string name)
    {
        var answer = await admin.GetAsync($"{EventSteps.Events}?{query}");
        Assert.Equal(400, answer.Status);
        Assert.Single(answer.Json.GetProperty(name).EnumerateArray());
        if (name != "before")
        {
            Assert.Equal(400, (await admin.GetAsync($"{EventSteps.Lines}?{query}")).Status);
        }
    }

    [Fact]
    public async Task All_of_them_come_as_lines_in_order_however_many_they_are()
    {
        var planted = await server.Database.PlantEventsAsync(1_234);
        await server.NumberEventsAsync();
        var answer = await admin.GetAsync($"{EventSteps.Lines}?user={planted}", ("Accept", "application/x-ndjson"));
        Assert.Equal((200, "application/x-ndjson"), (answer.Status, answer.MediaType));
        var rows = answer.ParsedLines();
        Assert.Equal(1_234, rows.Length);
        Assert.Equal(rows.Numbers().Distinct().Order(), rows.Numbers());
        var rest = (await admin.GetAsync($"{EventSteps.Lines}?user={planted}&after={rows.Numbers()[1_229]}")).ParsedLines();
        Assert.Equal(rows.Numbers()[1_230..], rest.Numbers());
        Assert.Equal("", (await admin.GetAsync($"{EventSteps.Lines}?user={planted}&after={rows.Numbers()[^1]}")).Text);
    }

    [Fact]
    public async Task Lines_are_no_answer_of_what_has_none() =>
        (await admin.GetAsync(EventSteps.Events, ("Accept", "application/x-ndjson"))).AssertRefused(406, "not_acceptable");
}
