using System.Text.Json.Nodes;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Support;
using Accounts.Tests.Tokens;
using Xunit;

namespace Accounts.Tests.Integrations;

/// <summary>Who a token's user is in Django, and what groups they are in there.</summary>
public sealed class DjangoUserTests(IntegrationFixture shared) : IClassFixture<IntegrationFixture>, IAsyncLifetime
{
    private const string Users = """
        [{"username": "ann", "groups": ["Friends", "Auditors"]}, {"username": "bob", "is_active": false}, {"username": "eve", "is_staff": true}]
        """;

    private readonly ApiClient client = shared.Server.Client();
    private Person person = null!;
    private Forge forge = null!;

    public async ValueTask InitializeAsync()
    {
        person = await shared.Server.SignInHolderAsync(client, "{}");
        forge = Forge.For(shared.Server, client.Access!);
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory, InlineData("rest"), InlineData("django")]
    public async Task Who_was_imported_is_the_user_of_before_and_who_is_nobody_there_may_nothing(string name)
    {
        await using var service = await StartAsync(name, []);
        await shared.Server.Database.ExecuteAsync("UPDATE users SET legacy_id = NULL WHERE legacy_id = '1'");
        await shared.Server.Database.ChangeAsync(person, "legacy_id = '1'");
        await client.SignInAsync(person);
        var answer = await service.GetAsync("/whoami", client.Access);
        Assert.Equal((200, "1"), (answer.Status, answer["pk"]));
        Assert.Equal(200, (await service.GetAsync("/bare", client.Access)).Status);
        using var program = shared.Server.Client();
        string[] nobodies =
        [
            Of("2"), Of("99"), Of("no number"), Of("99999999999999999999999999"), Of(""), Of("1' OR 1=1"), forge.WithoutClaim("legacy_id"), await program.MachineTokenAsync(),
        ];
        foreach (var token in nobodies)
        {
            var refused = await service.GetAsync("/whoami", token);
            Assert.True((refused.Status, refused["code"]) == (403, "permission_denied"), $"{refused}");
            Assert.Equal(403, (await service.GetAsync("/bare", token)).Status);
        }
        Assert.Equal(200, (await service.GetAsync("/jobs", nobodies[^1])).Status);
    }

    [Fact]
    public async Task Roles_are_groups_where_the_setting_says_which_and_no_other_group_or_power_is_touched()
    {
        await using var service = await StartAsync("rest", new JsonObject { ["GROUPS"] = new JsonObject { ["editor"] = "Editors", ["auditor"] = "Auditors", ["admin"] = "Admins" } });
        await HasAsync(service, ["editor"], "Editors", "Friends");
        var written = service.LastWrite;
        await HasAsync(service, ["editor"], "Editors", "Friends");
        Assert.Equal(written, service.LastWrite);
        await HasAsync(service, ["auditor", "editor", "admin", "Friends", "Staff"], "Admins", "Auditors", "Editors", "Friends");
        await HasAsync(service, [], "Friends");
        await HasAsync(service, ["Editors"], "Friends");
    }

    [Fact, Trait("Pace", "long")]
    public async Task Who_signed_up_at_Accounts_is_made_at_first_sight_where_the_setting_says_so_and_once()
    {
        await using var service = await StartAsync("rest", new JsonObject { ["SUB_FIELD"] = "username", ["CREATE_USERS"] = true });
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => service.GetAsync("/whoami", client.Access)));
        Assert.All(answers, answer => Assert.Equal((200, "4", "[false,false,false]"), (answer.Status, answer["pk"], answer["powers"])));
        Assert.Equal(403, (await service.GetAsync("/whoami", Of("99"))).Status);
        await using var closed = await StartAsync("rest", new JsonObject { ["SUB_FIELD"] = "username" });
        Assert.Equal(403, (await closed.GetAsync("/whoami", client.Access)).Status);
    }

    /// <summary>Elsewhere the id of before is another's: the first user of a site is often its superuser.</summary>
    [Fact, Trait("Pace", "long")]
    public async Task A_site_that_does_not_say_whose_ids_are_its_own_does_not_start()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => IntegrationService.StartAsync("django", shared.Server.Address, []));
        Assert.Contains("\"LEGACY_FIELD\": \"pk\"", failure.Message, StringComparison.Ordinal);
        await using var another = await StartAsync("rest", new JsonObject { ["LEGACY_FIELD"] = null, ["SUB_FIELD"] = "username" });
        Assert.Equal(403, (await another.GetAsync("/whoami", Of("1"))).Status);
    }

    /// <summary>A browser sends no such header by itself; a cookie it does.</summary>
    [Fact, Trait("Pace", "long")]
    public async Task The_middleware_lets_a_token_pass_without_a_form_s_token_and_nothing_else()
    {
        await using var service = await StartAsync("django", []);
        Assert.Equal(200, (await service.SendAsync(HttpMethod.Post, "/bare", $"Bearer {Of("1")}")).Status);
        foreach (var header in new[] { null, "Bearer garbage", $"Bearer {forge.WithClaim("exp", 1)}" })
        {
            var posted = await service.SendAsync(HttpMethod.Post, "/bare", header);
            Assert.True(posted.Status == 403 && posted.Text.Contains("CSRF", StringComparison.Ordinal), $"{header} {posted}");
            Assert.Equal((403, "None"), await ReadAsync(header));
        }

        async Task<(int Status, string Text)> ReadAsync(string? header)
        {
            var answer = await service.SendAsync(HttpMethod.Get, "/bare", header);
            return (answer.Status, answer.Text);
        }
    }

    private Task<IntegrationService> StartAsync(string name, JsonObject settings)
    {
        settings.TryAdd("LEGACY_FIELD", "pk");
        return IntegrationService.StartAsync(name, shared.Server.Address, settings, Users);
    }

    private string Of(string legacyId) => forge.WithClaim("legacy_id", legacyId);

    private async Task HasAsync(IntegrationService service, string[] roles, params string[] groups)
    {
        var answer = await service.GetAsync("/whoami", forge.WithClaims(claims =>
            (claims["legacy_id"], claims["roles"]) = ("1", new JsonArray([.. roles.Select(role => JsonValue.Create(role))]))));
        Assert.True(answer.Status == 200, $"{answer}");
        Assert.Equal(groups, answer.Json.GetProperty("groups").EnumerateArray().Select(group => group.GetString()));
        Assert.Equal("[false,false,false]", answer["powers"]);
    }
}
