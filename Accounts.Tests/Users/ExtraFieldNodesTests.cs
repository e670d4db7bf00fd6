using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>A node, or a time, that knows other extra fields, and one that knows none.</summary>
[Trait("Pace", "long")]
public sealed class ExtraFieldNodesTests(ExtraServer shared) : IClassFixture<ExtraServer>
{
    private readonly TestServer knowing = shared.Server;

    [Fact]
    public async Task Without_the_setting_nothing_is_asked_shown_or_lost()
    {
        await using var plain = await TestServer.StartOnAsync(knowing.Database.ConnectionString, ("Accounts:PublicUrl", Address));
        using var client = knowing.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Acme","age":42}""");
        client.Address = plain.Address;
        var answer = await client.PatchMeAsync("""{"first_name":"Ann","company":"Umbrella","age":null}""");
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal("Ann", answer["first_name"]);
        Assert.EndsWith("\"date_joined\":\"" + answer["date_joined"] + "\"}", answer.Text, StringComparison.Ordinal);
        Assert.False(AccessTokenText.ClaimsOf((await client.RefreshAsync()).Access).TryGetProperty("profile", out _));
        await knowing.Database.HasExtraAsync(person, """{"company":"Acme","age":42}""");
        var newcomer = await client.RegisterSomebodyAsync();
        await knowing.Database.HasExtraAsync(newcomer, null);
        client.Address = knowing.Address;
        Assert.Equal(("Acme", "42"), ((await client.MeAsync())["company"], (await client.MeAsync())["age"]));
        await client.SignInAsync(newcomer);
        Assert.Equal((200, "null", "5"), ((await client.PatchMeAsync("""{"age":5}""")).Status, (await client.MeAsync())["company"], (await client.MeAsync())["age"]));
    }

    [Fact]
    public async Task A_field_that_is_configured_no_more_stays_stored_and_a_value_that_fits_no_more_is_shown_and_told_to_no_token()
    {
        using var client = knowing.Client();
        var person = await client.SignInSomebodyAsync("""{"company":"Umbrella","age":42,"color":"red"}""");
        await using var changed = await TestServer.StartOnAsync(knowing.Database.ConnectionString, ("Accounts:PublicUrl", Address), ("Accounts:Profile:Fields",
            """{"properties":{"company":{"type":"string","maxLength":4,"x-in-token":true},"color":{"type":"string","enum":["green"]}},"required":["company"]}"""));
        client.Address = changed.Address;
        var answer = await client.PatchMeAsync("""{"color":"green"}""");
        Assert.Equal((200, "Umbrella", "green", null), (answer.Status, answer["company"], answer["color"], answer["age"]));
        Assert.False(AccessTokenText.ClaimsOf((await client.RefreshAsync()).Access).TryGetProperty("profile", out _));
        await knowing.Database.HasExtraAsync(person, """{"company":"Umbrella","age":42,"color":"green"}""");
    }

    private string Address => knowing.Address.ToString().TrimEnd('/');
}
