using System.Buffers.Text;
using Accounts.Core.Sessions;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Sessions;

public sealed class RefreshTests(SharedServer shared) : IClassFixture<SharedServer>, IAsyncLifetime
{
    private static readonly TimeSpan PastLeeway = TimeSpan.FromSeconds(31);

    private readonly TestServer server = shared.Server;
    private ApiClient client = null!;

    public ValueTask InitializeAsync()
    {
        client = server.Client();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_refresh_answers_with_an_access_token_and_nothing_else_and_sets_the_next_cookie()
    {
        await client.SignInSomebodyAsync();
        var before = client.RefreshCookie;
        var answer = await client.RefreshAsync();
        Assert.Equal(200, answer.Status);
        Assert.Equal(["access", "access_expires_in"], answer.Json.EnumerateObject().Select(member => member.Name).Order());
        Assert.Equal("600", answer["access_expires_in"]);
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.NotEqual(before, client.RefreshCookie);
        Assert.Equal(200, (await client.MeAsync(answer.Access)).Status);
    }

    [Fact]
    public async Task SE_01_A_database_dump_holds_no_usable_token()
    {
        await client.SignInSomebodyAsync();
        await client.RefreshAsync();
        var token = client.RefreshCookie!;
        var dump = await server.Database.DumpAsync();
        Assert.DoesNotContain(token, dump);
        Assert.DoesNotContain(Convert.ToHexString(TokenText.SecretOf(token)), dump, StringComparison.OrdinalIgnoreCase);
        var stored = await server.Session(token).ReadAsync<byte[]>("secret_hash");
        foreach (var replayed in new[] { Convert.ToHexString(stored), Base64Url.EncodeToString(stored), TokenText.WithSecret(token, stored) })
        {
            (await client.RefreshAsync(replayed)).AssertRefreshRefused("invalid", cookieCleared: true);
        }
        await server.Session(token).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task SE_01_The_servers_key_and_a_dump_together_forge_nothing()
    {
        await client.SignInSomebodyAsync();
        var row = server.Session(client.RefreshCookie!);
        var codec = server.Services.GetRequiredService<RefreshTokenCodec>();
        var forged = codec.Write(new RefreshToken(row.UserId, row.Id, 0, await row.ReadAsync<byte[]>("secret_hash")));
        (await client.RefreshAsync(forged)).AssertRefreshRefused("invalid", cookieCleared: true);
        await row.AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SE_01_The_secret_has_256_bits_and_is_another_in_every_session()
    {
        var person = await client.SignInSomebodyAsync();
        var first = TokenText.SecretOf(client.RefreshCookie!);
        await client.SignInAsync(person);
        Assert.Equal(256, first.Length * 8);
        Assert.NotEqual(first, TokenText.SecretOf(client.RefreshCookie!));
    }

    [Fact]
    public async Task SE_02_Within_the_leeway_the_current_token_is_not_rotated_again_but_the_access_token_is_new()
    {
        await client.SignInSomebodyAsync();
        var first = await client.RefreshAsync();
        var second = await client.RefreshAsync();
        Assert.Equal((200, null), (second.Status, second.RefreshCookie));
        Assert.NotEqual(first.Access, second.Access);
        await server.Session(client.RefreshCookie!).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task SE_02_The_first_refresh_after_a_sign_in_rotates_at_once_and_later_ones_when_the_leeway_is_over()
    {
        await client.SignInSomebodyAsync();
        var row = server.Session(client.RefreshCookie!);
        for (var generation = 1; generation <= 3; generation++)
        {
            var answer = await client.RefreshAsync();
            Assert.Equal((200, generation), (answer.Status, TokenText.GenerationOf(answer.RefreshCookie!)));
            await row.AssertAsync(generation, "alive");
            await row.AgeAsync(PastLeeway);
        }
    }

    [Fact]
    public async Task SE_05_Within_the_leeway_the_parent_gets_an_access_token_and_no_successor()
    {
        await client.SignInSomebodyAsync();
        var parent = client.RefreshCookie!;
        await client.RefreshAsync();
        using var renderer = server.Client("node/24");
        var again = await renderer.RefreshAsync(parent);
        Assert.Equal((200, null), (again.Status, again.RefreshCookie));
        Assert.Equal(200, (await client.MeAsync(again.Access)).Status);
        await server.Session(parent).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task Of_another_user_agent_the_current_token_is_accepted()
    {
        await client.SignInSomebodyAsync();
        var successor = (await client.RefreshAsync()).RefreshCookie!;
        using var updated = server.Client("Tests/2.0");
        Assert.Equal(200, (await updated.RefreshAsync(successor)).Status);
        await server.Session(successor).AssertAsync(generation: 1, "alive");
    }

    [Fact]
    public async Task A_refreshed_access_token_carries_the_roles_and_the_time_of_the_sign_in_as_the_database_has_them()
    {
        await client.SignInSomebodyAsync();
        var row = server.Session(client.RefreshCookie!);
        await row.AgeAsync(TimeSpan.FromHours(1));
        await server.Database.ExecuteAsync("UPDATE users SET roles = '{editor}', email_verified = true WHERE id = @id", ("id", row.UserId));
        var claims = AccessTokenText.ClaimsOf((await client.RefreshAsync()).Access);
        Assert.Equal("editor", claims.GetProperty("roles")[0].GetString());
        Assert.True(claims.GetProperty("email_verified").GetBoolean());
        Assert.Equal(await row.ReadAsync<long>("floor(extract(epoch FROM auth_time))::bigint"), claims.GetProperty("auth_time").GetInt64());
        Assert.Equal(row.Id.ToString(), claims.GetProperty("sid").GetString());
    }
}
