using Accounts.Tests.Import;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Compatibility;

/// <summary>Whoever kept data beside the ids of before finds them beside the UUIDs, in the shape of every library.</summary>
public sealed class ImportedUserTests(EveryLibrary shared) : IClassFixture<EveryLibrary>
{
    [Fact]
    public async Task The_id_of_before_stands_beside_the_UUID()
    {
        var (server, person, id) = (shared.Server, Some.Person(), Guid.NewGuid().ToString("N"));
        await server.ImportAsync([person.Row(id)]);
        using var client = server.Client();
        var credentials = new { username = person.Username, email = person.Email, password = ImportSteps.OldPassword };
        var signedIn = await client.PostAsync("/dj-rest-auth/login/", credentials);
        Assert.Equal(id, signedIn.Json.GetProperty("user").GetProperty("legacy_id").GetString());
        Assert.Equal(id, (await client.PostAsync("/login", credentials)).Json.GetProperty("user").GetProperty("legacy_id").GetString());
        (string, string) shown = ("Authorization", $"Bearer {signedIn["access"]}");
        foreach (var path in new[] { "/dj-rest-auth/user/", "/djoser/users/me/" })
        {
            Assert.Equal(id, (await client.GetAsync(path, shown))["legacy_id"]);
        }
        foreach (var path in new[] { "/auth/current_user", "/auth/profile" })
        {
            Assert.Equal(id, (await client.GetAsync(path, shown)).Json.GetProperty("user").GetProperty("legacy_id").GetString());
        }
    }

    [Fact]
    public async Task Nobody_else_has_one()
    {
        using var client = shared.Server.Client();
        await client.SignInSomebodyAsync();
        foreach (var path in new[] { "/dj-rest-auth/user/", "/djoser/users/me/" })
        {
            Assert.False((await client.GetAsync(path)).Json.TryGetProperty("legacy_id", out _));
        }
    }
}
