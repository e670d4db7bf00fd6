using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>Who came from another system has an id of there, which services that knew them by it are told.</summary>
public sealed class LegacyIdTests(ProgramServer shared) : IClassFixture<ProgramServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task Tokens_me_and_introspection_tell_the_id_of_before_of_who_has_one()
    {
        using var client = server.Client();
        var person = await server.SignInHolderAsync(client);
        var legacyId = Some.Username();
        await server.Database.ChangeAsync(person, $"legacy_id = '{legacyId}'");
        var signedIn = await client.SignInAsync(person);
        Assert.Equal(legacyId, signedIn.Json.GetProperty("user").GetProperty("legacy_id").GetString());
        Assert.Equal(legacyId, (await client.MeAsync())["legacy_id"]);
        var (_, personal) = await client.MakeTokenAsync();
        foreach (var token in new[] { client.Access!, (await client.RefreshAsync()).Access, (await client.PostAsync("/api/auth/reauthenticate/", new { password = person.Password })).Access })
        {
            Assert.Equal(legacyId, AccessTokenText.ClaimsOf(token).GetProperty("legacy_id").GetString());
            Assert.Equal(legacyId, (await client.IntrospectAsync(token))["legacy_id"]);
        }
        using var rendering = server.Client();
        var session = (await rendering.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password }, ("X-Token-Transport", "session-body")))["session_token"]!;
        Assert.Equal((legacyId, legacyId), ((await client.IntrospectAsync(personal))["legacy_id"], (await client.IntrospectAsync(session))["legacy_id"]));
    }

    [Fact]
    public async Task Of_who_signed_up_here_nothing_of_the_kind_is_told()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        Assert.Null((await client.MeAsync())["legacy_id"]);
        Assert.False(AccessTokenText.ClaimsOf(client.Access!).TryGetProperty("legacy_id", out _));
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "legacy_id IS NULL"));
    }
}
