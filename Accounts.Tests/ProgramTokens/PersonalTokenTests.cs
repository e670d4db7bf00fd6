using System.IO.Compression;
using System.Text.Json;
using Accounts.Core.ProgramTokens;
using Accounts.Tests.Http;
using Accounts.Tests.Support;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.ProgramTokens;

/// <summary>What a program shows in its user's place: made by the user, taken by <c>GET me</c> and introspection alone.</summary>
public sealed class PersonalTokenTests(ProgramServer shared) : IClassFixture<ProgramServer>, IAsyncLifetime
{
    private readonly TestServer server = shared.Server;
    private ApiClient owner = null!, program = null!;
    private Person person = null!;

    public async ValueTask InitializeAsync()
    {
        (owner, program) = (server.Client(), server.Client());
        person = await server.SignInHolderAsync(owner);
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        program.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task SG_20_A_personal_token_is_shown_once_and_only_its_hash_is_stored()
    {
        var answer = await owner.AskTokenAsync(new { name = " backup ", roles = new[] { "editor", "editor" }, expires_in = 3600 });
        Assert.Equal((201, "no-store"), (answer.Status, answer.Header("Cache-Control")));
        Assert.Equal(["created_at", "expires_at", "id", "name", "roles", "token"], Members(answer.Json));
        Assert.Equal(("backup", """["editor"]"""), (answer["name"], answer["roles"]));
        Assert.Equal(TimeSpan.FromHours(1), answer.Json.GetProperty("expires_at").GetDateTime() - answer.Json.GetProperty("created_at").GetDateTime());
        var token = answer["token"]!;
        Assert.Matches("^acc_pat_[0-9A-Za-z]{46}$", token);
        Assert.DoesNotContain(token[8..], await server.Database.DumpAsync(), StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.TokensOfAsync(person, "t.name = 'backup' AND t.roles = '{editor}' AND t.epoch = u.sessions_epoch AND t.last_used_at IS NULL AND octet_length(t.token_hash) = 32"));
        Assert.Equal(1, await server.Database.EventsAsync(person, "personal_token_made"));

        var listed = Assert.Single(await owner.TokensAsync());
        Assert.Equal(["created_at", "expires_at", "id", "name", "roles"], Members(listed));
        Assert.Equal(answer["id"], listed.GetProperty("id").GetString());
        Assert.NotEqual(token, (await owner.MakeTokenAsync("backup")).Token);
    }

    /// <summary>As the page for those who search code for secrets says, calculated once more.</summary>
    [Fact]
    public void SG_20_The_end_of_a_token_is_the_checksum_of_its_beginning()
    {
        foreach (var token in Enumerable.Range(0, 50).Select(_ => PersonalTokenText.New()))
        {
            var value = ZipsCrc32(token[..48]);
            var digits = "";
            for (var i = 0; i < 6; i++, value /= 62)
            {
                digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[(int)(value % 62)] + digits;
            }
            Assert.Equal(digits, token[48..]);
            Assert.True(PersonalTokenText.IsWhole(token));
        }
    }

    /// <summary>Which stands before the length at the end.</summary>
    private static uint ZipsCrc32(string text)
    {
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.Fastest))
        {
            zip.Write(System.Text.Encoding.ASCII.GetBytes(text));
        }
        return BitConverter.ToUInt32(zipped.ToArray().AsSpan()[^8..^4]);
    }

    [Fact]
    public async Task SG_20_Me_and_introspection_take_it_and_tell_what_is_so_now()
    {
        var (id, token) = await owner.MakeTokenAsync("backup", "editor");
        var (own, me) = (await owner.MeAsync(), await program.MeAsync(token));
        Assert.Equal((200, "no-store", """["editor"]"""), (me.Status, me.Header("Cache-Control"), me["roles"]));
        Assert.Equal((own["id"], own["email"]), (me["id"], me["email"]));
        Assert.Empty(me.SetCookies);

        var told = await program.IntrospectAsync(token);
        Assert.Equal(
            ["active", "aud", "client_id", "email_verified", "exp", "iat", "iss", "jti", "roles", "sub", "token_name", "token_type", "user_id", "username"], Members(told.Json));
        Assert.Equal(("true", """["editor"]""", "Bearer", "backup"), (told["active"], told["roles"], told["token_type"], told["token_name"]));
        Assert.Equal((own["id"], own["id"], id, person.Username), (told["sub"], told["user_id"], told["jti"], told["username"]));
        var claims = AccessTokenText.ClaimsOf(owner.Access!);
        Assert.Equal((Text(claims, "iss"), Text(claims, "aud"), Text(claims, "client_id")), (told["iss"], told["aud"], told["client_id"]));
        Assert.Equal(30 * 86400, told.Json.GetProperty("exp").GetInt64() - told.Json.GetProperty("iat").GetInt64());

        await server.Database.ChangeAsync(person, "email_verified = false, username = username || 'x', username_key = username_key || 'x'");
        told = await program.IntrospectAsync(token);
        Assert.Equal(("false", $"{person.Username}x"), (told["email_verified"], told["username"]));
    }

    [Fact]
    public async Task SG_20_It_has_the_roles_that_its_user_holds_at_that_use_and_no_others()
    {
        var (_, token) = await owner.MakeTokenAsync("backup", "editor", "auditor");
        foreach (var (held, left) in new[] { ("{editor,publisher}", """["editor"]"""), ("{}", "[]"), ("{publisher}", "[]"), ("{auditor,editor,admin}", """["auditor","editor"]""") })
        {
            await server.Database.ChangeAsync(person, $"roles = '{held}'");
            Assert.Equal((left, left), ((await program.MeAsync(token))["roles"], (await program.IntrospectAsync(token))["roles"]));
            Assert.Equal(left, Assert.Single(await owner.TokensAsync()).GetProperty("roles").GetRawText());
        }
        Assert.Equal("[]", (await program.MeAsync((await owner.MakeTokenAsync()).Token))["roles"]);
    }

    [Fact]
    public async Task SG_20_Everywhere_else_a_personal_token_is_refused_and_changes_nothing()
    {
        var (_, token) = await owner.MakeTokenAsync("backup", "editor");
        await server.Database.ChangeAsync(person, "roles = '{admin,editor}'");
        var routes = from endpoint in server.Services.GetServices<EndpointDataSource>().SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
                     where endpoint.Metadata.GetMetadata<IAuthorizeData>() is not null
                     from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods
                     select (Method: method, Path: ServerRoutes.Path(endpoint));
        var others = routes.Distinct().Where(route => route is not ("GET" or "HEAD", "/api/auth/me")).ToArray();
        Assert.Contains(("PATCH", "/api/auth/me"), others);
        program.Access = token;
        var before = await StoredAsync();
        foreach (var (method, path) in others.Where(route => route.Method != "HEAD"))
        {
            var answer = await program.SendAsync(new HttpMethod(method), path, null);
            Assert.True((answer.Status, answer["code"]) == (401, "personal_token_not_accepted"), $"{method} {path}: {answer}");
            Assert.Equal("Bearer realm=\"api\"", answer.Header("WWW-Authenticate"));
        }
        (await program.PostAsync("/api/auth/token/verify/", new { token })).AssertRefused(401, "personal_token_not_accepted");
        Assert.Equal("""{"user":null}""", (await program.PostAsync("/api/auth/session/")).Text);
        Assert.Equal(200, (await program.LogoutAsync()).Status);
        Assert.Equal(before, await StoredAsync());
        await server.AssertGoodAsync(token);
    }

    /// <summary>Their own rows: other tests have theirs in the same tables.</summary>
    private Task<string> StoredAsync() => server.Database.ScalarAsync<string>("""
        SELECT concat_ws('|', u, (SELECT string_agg(s::text, '|') FROM sessions s WHERE s.user_id = u.id), (SELECT string_agg(t::text, '|') FROM api_tokens t WHERE t.user_id = u.id),
          (SELECT count(*) FROM security_events e WHERE e.user_id = u.id), (SELECT count(*) FROM totp_factors f WHERE f.user_id = u.id))
        FROM users u WHERE u.email = @email
        """, ("email", person.Email));

    [Fact]
    public async Task SG_20_What_is_forged_or_garbage_is_refused_by_its_form_or_as_if_it_were_over()
    {
        var (_, token) = await owner.MakeTokenAsync();
        var swapped = $"{token[..20]}{(token[20] == 'a' ? 'b' : 'a')}{token[21..]}";
        foreach (var garbage in new[] { "acc_pat_", "acc_pat_x", token[..^1], $"{token}x", swapped, token.ToUpperInvariant(), $"acc_pat_{new string('0', 46)}", $"acc_pat_{new string('a', 3000)}" })
        {
            (await program.MeAsync(garbage)).AssertAccessRefused("invalid");
            Assert.Equal(ProgramTokenSteps.Inactive, (await program.IntrospectAsync(garbage)).Text);
        }
        Assert.Equal(ProgramTokenSteps.Inactive, (await program.IntrospectAsync($"{token[..20]}é{token[21..]}")).Text);
        await server.AssertOverAsync(PersonalTokenText.New());
        await server.AssertGoodAsync(token);
    }

    private static IEnumerable<string> Members(JsonElement json) => json.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal);

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
}
