using System.Text;
using Accounts.Api.Http;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Mvc;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>Every path of every library, held in one table: each obeys the rules of the endpoint of ours whose flow it calls.</summary>
public sealed class AliasTests(EveryLibrary shared) : IClassFixture<EveryLibrary>
{
    private readonly TestServer server = shared.Server;

    /// <summary>A line is <c>METHOD /path = METHOD /path of ours</c>.</summary>
    private static readonly (string Alias, string Ours)[] Table =
        [.. Repository.Read("Accounts.Tests/Compatibility/aliases.txt").Trim().Split('\n').Select(line => line.Split(" = ")).Select(parts => (parts[0], parts[1].TrimEnd()))];

    [Fact]
    public void SG_12_The_table_has_every_path_of_every_library_and_no_other() =>
        Assert.Equal(Table.Select(row => row.Alias).Order(StringComparer.Ordinal), Alias.All(server).Select(alias => alias.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void SG_12_Each_says_of_who_may_call_it_and_how_often_what_ours_says()
    {
        var routes = Alias.Routes(server).ToLookup(route => route.Name);
        Assert.All(Table, row => Assert.Equal((row.Alias, routes[row.Ours].Single().Declared), (row.Alias, routes[row.Alias].Single().Declared)));
    }

    [Fact]
    public void SG_12_Each_is_an_endpoint_of_the_API_that_tells_failures_in_its_own_shape() => Assert.All(Alias.All(server), alias =>
    {
        Assert.NotNull(alias.Endpoint.Metadata.GetMetadata<ApiEndpointAttribute>());
        Assert.NotNull(alias.Endpoint.Metadata.GetMetadata<ErrorShapeAttribute>());
        Assert.True(alias.Endpoint.Metadata.GetMetadata<ApiExplorerSettingsAttribute>()!.IgnoreApi, alias.Name);
    });

    [Fact]
    public async Task SG_12_Who_is_not_signed_in_gets_no_further_than_401()
    {
        using var nobody = server.Client();
        foreach (var access in new[] { null, "garbage" })
        {
            nobody.Access = access;
            foreach (var alias in Alias.All(server).Where(alias => !alias.IsAnonymous))
            {
                var answer = await alias.CallAsync(nobody);
                Assert.True(answer.Status == 401, $"{alias.Name}: {answer}");
                Assert.StartsWith("Bearer", answer.Header("WWW-Authenticate"), StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("same-site", "http://sibling.localhost")]
    [InlineData("same-site", null)]
    [InlineData("cross-site", "https://evil.example")]
    [InlineData(null, "null")]
    public async Task CC_05_A_sibling_sites_forms_are_refused_by_every_one_of_them(string? site, string? origin)
    {
        using var victim = server.Client();
        var person = await victim.SignInSomebodyAsync();
        (string, string)[] headers = [.. new[] { ("Sec-Fetch-Site", site), ("Origin", origin) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))];
        var before = await server.Database.CountAsync("users") + await server.Database.CountAsync("sessions");
        foreach (var alias in Alias.All(server).Where(alias => alias.IsUnsafe))
        {
            foreach (var body in Bodies(person))
            {
                var answer = await alias.CallAsync(victim, body, headers);
                Assert.True((answer.Status, answer["code"]) == (403, "csrf_failed"), $"{alias.Name}: {answer}");
                Assert.Empty(answer.SetCookies);
            }
        }
        Assert.Equal(before, await server.Database.CountAsync("users") + await server.Database.CountAsync("sessions"));
        await server.Session(victim.RefreshCookie!).AssertAsync(generation: 0, "alive");
    }

    /// <summary>Any of the bodies would do for one of them or another.</summary>
    private static IEnumerable<HttpContent?> Bodies(Person person)
    {
        var json = $$"""{"email": "{{person.Email}}", "username": "{{person.Username}}", "uid": "{{person.Username}}", "password": "{{person.Password}}", "password1": "{{person.Password}}", "password2": "{{person.Password}}"}""";
        yield return new StringContent(json, Encoding.UTF8, "application/json");
        yield return new StringContent(json, Encoding.UTF8, "text/plain");
        yield return new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = person.Email, ["username"] = person.Username, ["uid"] = person.Username, ["password"] = person.Password });
        yield return null;
    }
}
