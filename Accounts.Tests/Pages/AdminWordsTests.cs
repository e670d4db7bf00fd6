using System.Text.Json;
using Accounts.Core.Audit;
using Accounts.Core.Checkup;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Pages;

/// <summary>What the page of the administration calls things: everything that there is, and nothing that there is not.</summary>
public sealed class AdminWordsTests(Postgres postgres)
{
    private static readonly JsonElement Words = JsonDocument.Parse(Repository.Read("Accounts.Core/Texts/Languages/en.json")).RootElement
        .GetProperty("pages").GetProperty("admin").GetProperty("words");

    private static IEnumerable<string> Below(string group) => Words.GetProperty(group).EnumerateObject().Select(word => word.Name).Order(StringComparer.Ordinal);

    [Fact]
    public void Every_kind_of_event_has_a_word() =>
        Assert.Equal(Enum.GetNames<SecurityEventKind>().Select(JsonNamingPolicy.SnakeCaseLower.ConvertName).Order(StringComparer.Ordinal), Below("kinds"));

    [Fact]
    public async Task Every_check_of_the_doctor_has_a_word()
    {
        await using var server = await TestServer.StartAsync(postgres);
        using var scope = server.Services.CreateScope();
        Assert.Equal(scope.ServiceProvider.GetServices<ICheck>().Select(check => check.Name).Order(StringComparer.Ordinal), Below("checks"));
        Assert.Equal(Enum.GetValues<FindingLevel>().Select(level => level.Word()).Order(StringComparer.Ordinal), Below("levels"));
    }
}
