using Accounts.Core.Tokens;
using Accounts.Tests.ProgramTokens;
using Accounts.Tests.Sessions;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Tokens;

/// <summary>RFC 7009: whoever holds a token ends what it stands for, and learns nothing by it.</summary>
public sealed class RevocationTests(ProgramServer shared) : IClassFixture<ProgramServer>, IAsyncLifetime
{
    private const string Path = "/api/auth/token/revoke/", Form = "application/x-www-form-urlencoded";

    private readonly TestServer server = shared.Server;
    private readonly ApiClient anybody = shared.Server.Client();
    private ApiClient owner = null!;
    private Person person = null!;
    private string refresh = null!;

    public async ValueTask InitializeAsync()
    {
        owner = server.Client();
        person = await server.SignInHolderAsync(owner);
        refresh = owner.RefreshCookie!;
    }

    public ValueTask DisposeAsync()
    {
        owner.Dispose();
        anybody.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("application/json"), InlineData(Form), InlineData("multipart/form-data")]
    public async Task AT_10_A_refresh_token_ends_its_session_at_once(string mediaType)
    {
        AssertDone(await anybody.SendAsync(HttpMethod.Post, Path, ProgramTokenSteps.Body(mediaType, ("token", refresh), ("token_type_hint", "refresh_token"))));
        await AssertSignedOutAsync();
        (await owner.RefreshAsync(refresh)).AssertRefreshRefused("revoked");
        (await owner.MeAsync()).AssertAccessRefused("revoked");
    }

    /// <summary>As a library sends it, with whatever it thinks of the token.</summary>
    [Theory]
    [InlineData("access_token"), InlineData("refresh_token"), InlineData("nonsense"), InlineData("")]
    public async Task AT_10_An_access_token_ends_its_session_whatever_the_hint(string hint)
    {
        using var elsewhere = server.Client();
        await elsewhere.SignInAsync(person);
        AssertDone(await anybody.SendAsync(HttpMethod.Post, Path, ProgramTokenSteps.Body(Form, ("token", owner.Access!), ("token_type_hint", hint))));
        await AssertSignedOutAsync();
        Assert.Equal(200, (await elsewhere.MeAsync()).Status);
    }

    [Fact]
    public async Task AT_10_An_expired_access_token_ends_its_session()
    {
        var session = server.Session(refresh);
        var expired = server.Services.GetRequiredService<AccessTokenSigner>()
            .Sign(new AccessTokenSubject(session.UserId, session.Id, DateTimeOffset.UtcNow, ["pwd"], [], false), TimeSpan.FromMinutes(-5));
        AssertDone(await RevokeAsync(expired));
        await AssertSignedOutAsync();
    }

    [Fact]
    public async Task AT_10_A_session_token_ends_its_session_and_no_other()
    {
        using var site = server.Client();
        var token = (await site.LoginAsync(person, "session-body"))["session_token"]!;
        Assert.Equal(200, (await site.MeAsync(token)).Status);
        AssertDone(await RevokeAsync($"{token[..^1]}{(token[^1] == 'A' ? 'Q' : 'A')}"));
        Assert.Equal(200, (await site.MeAsync(token)).Status);
        AssertDone(await RevokeAsync(token));
        (await site.MeAsync(token)).AssertAccessRefused("revoked");
        AssertDone(await RevokeAsync(token));
        Assert.Equal(1, await server.Database.EventsAsync(person, "signed_out"));
        await server.Session(refresh).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task AT_10_A_personal_token_ends_itself_alone()
    {
        var (_, token) = await owner.MakeTokenAsync();
        var (_, other) = await owner.MakeTokenAsync();
        AssertDone(await RevokeAsync(token));
        await server.AssertOverAsync(token);
        await server.AssertGoodAsync(other);
        Assert.Equal((1, 1), (await server.Database.TokensOfAsync(person), await server.Database.EventsAsync(person, "personal_token_removed")));
        await server.Session(refresh).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task AT_10_Revoking_again_is_answered_alike_and_happens_once()
    {
        var (_, token) = await owner.MakeTokenAsync();
        for (var i = 0; i < 3; i++)
        {
            AssertDone(await RevokeAsync(token));
            AssertDone(await RevokeAsync(refresh));
            AssertDone(await RevokeAsync(owner.Access!));
        }
        await AssertSignedOutAsync();
        Assert.Equal(1, await server.Database.EventsAsync(person, "personal_token_removed"));
    }

    [Fact]
    public async Task AT_10_A_personal_token_that_is_over_is_not_ended_once_more()
    {
        var (_, token) = await owner.MakeTokenAsync();
        await server.Database.ChangeTokensAsync(person, "expires_at = clock_timestamp()");
        AssertDone(await RevokeAsync(token));
        await server.AssertOverAsync(token, "expired");
        var (_, other) = await owner.MakeTokenAsync();
        await server.Database.ChangeAsync(person, "sessions_epoch = sessions_epoch + 1");
        AssertDone(await RevokeAsync(other));
        Assert.Equal(0, await server.Database.EventsAsync(person, "personal_token_removed"));
    }

    /// <summary>An account that is stopped for a while gets its tokens back, but for those that were revoked meanwhile.</summary>
    [Fact]
    public async Task AT_10_What_is_revoked_while_its_user_is_suspended_stays_over()
    {
        var (_, token) = await owner.MakeTokenAsync();
        await server.Database.ChangeAsync(person, "is_active = false");
        AssertDone(await RevokeAsync(token));
        AssertDone(await RevokeAsync(refresh));
        await server.Database.ChangeAsync(person, "is_active = true");
        await server.AssertOverAsync(token);
        (await owner.RefreshAsync(refresh)).AssertRefreshRefused("revoked");
    }

    [Fact]
    public async Task AT_10_What_is_no_token_is_answered_alike_and_ends_nothing()
    {
        var (_, token) = await owner.MakeTokenAsync();
        string[] none =
        [
            "x", "a.b.c", $"{refresh}x", TokenText.Flipped(refresh, 40), TokenText.WithSecret(refresh, new byte[32]), TokenText.WithKeyId(refresh, [1, 2, 3, 4]), $"{owner.Access}x",
            Forge.For(server, owner.Access!).WithHeader(header => header["alg"] = "none"), $"{token[..^1]}{(token[^1] == '0' ? '1' : '0')}", $"{token}x", "acc_pat_", "acc_pat_' OR 1=1; --",
            await anybody.MachineTokenAsync(), new string('a', 9000), "😀",
        ];
        foreach (var text in none)
        {
            AssertDone(await RevokeAsync(text));
        }
        await server.Session(refresh).AssertAsync(generation: 0, "alive");
        await server.AssertGoodAsync(token);
        Assert.Equal(200, (await owner.MeAsync()).Status);
    }

    [Theory]
    [InlineData("{}"), InlineData("""{"token": ""}"""), InlineData("""{"token": null}"""), InlineData("""{"token": {}}"""), InlineData("""{"token": "a\u0000"}""")]
    public async Task AT_10_A_request_without_a_token_is_told_in_both_tongues(string body)
    {
        var answer = await owner.SendAsync(HttpMethod.Post, Path, new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal((400, "invalid_request"), (answer.Status, answer["error"]));
        Assert.StartsWith("token: ", answer["error_description"], StringComparison.Ordinal);
        await server.Session(refresh).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task AT_10_Neither_the_cookie_nor_the_header_is_taken_for_the_token()
    {
        AssertDone(await owner.PostAsync(Path, new { token = "x" }, ("Authorization", $"Bearer {owner.Access}")));
        Assert.Equal(400, (await owner.PostAsync($"{Path}?token={refresh}", new { })).Status);
        AssertDone(await anybody.PostAsync(Path, new { token = "x" }, ("Authorization", "Basic garbage")));
        await server.Session(refresh).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task AT_10_A_token_that_is_there_twice_is_refused()
    {
        var twice = new StringContent($"token=x&token={refresh}", System.Text.Encoding.UTF8, Form);
        var answer = await anybody.SendAsync(HttpMethod.Post, Path, twice);
        Assert.Equal((400, "invalid_request"), (answer.Status, answer["error"]));
        await server.Session(refresh).AssertAsync(generation: 0, "alive");
    }

    [Fact]
    public async Task SG_15_Revoking_by_a_token_that_a_refresh_would_take_for_reuse_is_told_as_reuse()
    {
        await owner.RefreshAsync();
        await server.Session(refresh).AgeAsync(TimeSpan.FromMinutes(1));
        await owner.RefreshAsync();
        AssertDone(await RevokeAsync(refresh));
        await server.Session(refresh).AssertAsync(generation: 2, "reused");
        Assert.Equal(1, await server.Session(refresh).EventsAsync("refresh_token_reused"));
    }

    [Fact]
    public async Task AT_10_Who_is_gone_before_the_answer_has_revoked_all_the_same()
    {
        await HangUp.WhileLockedAsync(server, refresh, Path, new { token = refresh });
        await Until.TrueAsync(async () => await server.Session(refresh).EndAsync() == "logout", "the session ended");
    }

    [Theory]
    [InlineData("/.well-known/openid-configuration"), InlineData("/.well-known/oauth-authorization-server")]
    public async Task AT_10_The_metadata_names_where_tokens_are_revoked_and_that_no_client_is_asked_for(string path)
    {
        var metadata = await anybody.GetAsync(path);
        Assert.Equal(new Uri(server.Address, Path).ToString(), metadata["revocation_endpoint"]);
        Assert.Equal("""["none"]""", metadata["revocation_endpoint_auth_methods_supported"]);
    }

    private async Task AssertSignedOutAsync()
    {
        await server.Session(refresh).AssertAsync(generation: 0, "logout");
        Assert.Equal(1, await server.Session(refresh).EventsAsync("signed_out"));
    }

    private Task<Answer> RevokeAsync(string token) => anybody.PostAsync(Path, new { token });

    private static void AssertDone(Answer answer)
    {
        Assert.True((answer.Status, answer.Text) == (200, "{}"), answer.ToString());
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Empty(answer.SetCookies);
    }
}
