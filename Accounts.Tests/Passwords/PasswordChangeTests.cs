using Accounts.Core.Sessions;
using Accounts.Tests.Providers;
using Accounts.Tests.SignIn;
using Accounts.Tests.Social;
using Accounts.Tests.Support;
using Accounts.Tests.Throttling;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Changing the password of who is signed in.</summary>
public sealed class PasswordChangeTests(SocialServer shared) : IClassFixture<SocialServer>
{
    private const string Change = "/api/auth/password/change/", Saved = """{"detail":"New password has been saved."}""";
    private const string Wrong = """{"old_password":["Your old password was entered incorrectly. Please enter it again."]}""";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task PW_09_A_stolen_access_token_alone_changes_nothing()
    {
        using var owner = server.Client();
        using var thief = server.Client();
        var person = await owner.SignInSomebodyAsync();
        thief.Access = owner.Access;
        var before = await server.Database.UserStateAsync(person);
        (await thief.ChangePasswordAsync("guess", Some.OtherPassword)).AssertBody(400, Wrong);
        (await thief.PostAsync(Change, new { new_password = Some.OtherPassword })).AssertBody(400, """{"old_password":["This field is required."]}""");
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        await server.Database.CountedAsync(person, "sign_in_failed", 1);
        thief.Access = null;
        (await thief.ChangePasswordAsync(person.Password, Some.OtherPassword)).AssertRefused(401, "not_authenticated");
        Assert.Equal(200, (await owner.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task PW_09_A_change_ends_every_session_and_starts_one_for_who_asked()
    {
        using var client = server.Client();
        using var elsewhere = server.Client();
        var person = await client.SignInSomebodyAsync();
        await elsewhere.SignInAsync(person);
        var (access, token) = (client.Access!, client.RefreshCookie!);
        var answer = await client.ChangePasswordAsync(person.Password, Some.OtherPassword);
        Assert.Equal((200, "New password has been saved.", "600"), (answer.Status, answer["detail"], answer["access_expires_in"]));
        Assert.Equal((person.Email, null), (answer.Json.GetProperty("user").GetProperty("email").GetString(), answer["refresh"]));
        (await client.MeAsync(access)).AssertAccessRefused("revoked");
        (await client.RefreshAsync(token)).AssertRefreshRefused("revoked");
        await elsewhere.AssertOutAsync();
        Assert.Equal((200, 200), ((await client.MeAsync(answer.Access)).Status, (await client.RefreshAsync()).Status));
        Assert.Equal(1, await server.Database.LiveSessionsAsync(person));
        (await elsewhere.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
    }

    [Fact]
    public async Task PW_09_The_owner_is_told_at_the_address_on_file()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.ChangePasswordAsync(person.Password, Some.OtherPassword)).Status);
        var notice = await server.NoticeAsync(person);
        Assert.Contains("Address: 127.0.0.1\n", notice.Text, StringComparison.Ordinal);
        Assert.Contains("sign in too: none\n", notice.Text, StringComparison.Ordinal);
        Assert.Equal(1, await server.Database.EventsAsync(person, "password_changed"));
    }

    [Fact]
    public async Task PW_09_Without_the_refresh_token_the_asker_is_signed_out_too()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var token = client.RefreshCookie!;
        client.Cookies.Clear();
        var answer = await client.ChangePasswordAsync(person.Password, Some.OtherPassword);
        answer.AssertBody(200, Saved);
        Assert.Empty(answer.SetCookies);
        client.RefreshCookie = token;
        await client.AssertOutAsync();
    }

    [Theory]
    [InlineData("another session")]
    [InlineData("another user")]
    [InlineData("another transport")]
    [InlineData("another secret")]
    public async Task PW_09_A_refresh_token_of_another_starts_no_session(string whose)
    {
        using var client = server.Client();
        using var other = server.Client();
        using var asker = server.Client();
        var person = await client.SignInSomebodyAsync();
        await other.SignInAsync(whose == "another user" ? await other.RegisterSomebodyAsync() : person);
        asker.Access = client.Access;
        var inBody = whose == "another transport" ? client.RefreshCookie : null;
        asker.RefreshCookie = whose switch { "another transport" => "", "another secret" => WithAnotherSecret(client.RefreshCookie!), _ => other.RefreshCookie };
        var answer = await asker.PostAsync(Change, new { old_password = person.Password, new_password = Some.OtherPassword, refresh = inBody });
        answer.AssertBody(200, Saved);
        Assert.Empty(answer.SetCookies);
        Assert.Equal(0, await server.Database.LiveSessionsAsync(person));
        Assert.Equal(whose == "another user" ? 200 : 401, (await other.MeAsync()).Status);
    }

    /// <summary>Made by who has the server's key, but has not signed in.</summary>
    private string WithAnotherSecret(string token)
    {
        var codec = server.Services.GetRequiredService<RefreshTokenCodec>();
        return codec.Write(codec.Read(token) with { Secret = new byte[RefreshToken.SecretLength] });
    }

    [Fact]
    public async Task In_body_mode_the_new_session_stays_in_body_mode()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var login = await client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, remember = false }, ("X-Token-Transport", "body"));
        client.Access = login.Access;
        var answer = await client.PostAsync(Change, new { old_password = person.Password, new_password = Some.OtherPassword, refresh = login["refresh"] });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Empty(answer.SetCookies);
        await server.Session(answer["refresh"]!).AssertAsync(generation: 0, "alive");
        Assert.True(await server.Session(answer["refresh"]!).ReadAsync<bool>("transport = 'body' AND NOT persistent"));
        Assert.Equal(200, (await client.PostAsync("/api/auth/token/refresh/", new { refresh = answer["refresh"] })).Status);
    }

    [Fact]
    public async Task A_change_does_not_make_a_sign_in_recent()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var old = server.Session(client.RefreshCookie!);
        await old.SetAsync("auth_time = auth_time - interval '1 hour', amr = '{google}'");
        await client.ChangePasswordAsync(person.Password, Some.OtherPassword);
        var next = server.Session(client.RefreshCookie!);
        Assert.NotEqual(old.Id, next.Id);
        Assert.Equal(await old.ReadAsync<DateTime>("auth_time"), await next.ReadAsync<DateTime>("auth_time"));
        Assert.Equal(["google"], await next.ReadAsync<string[]>("amr"));
    }

    [Fact]
    public async Task PW_09_A_first_password_takes_a_recent_sign_in_and_no_old_one()
    {
        using var client = server.Client();
        var identity = Identity.OfGoogle();
        var login = await client.SignInAsync(shared.Provider, identity);
        var person = new Person("", identity.Email, Some.OtherPassword);
        client.Access = login.Access;
        (await client.PostAsync(Change, new { new_password = Some.OtherPassword })).AssertRefused(403, "reauthentication_required");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "password_hash IS NULL"));
        server.HasProved(client);
        Assert.Equal(200, (await client.PostAsync(Change, new { new_password = Some.OtherPassword })).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
        Assert.Equal(1, await server.Database.AccountsAsync(identity));
    }

    [Fact]
    public async Task RS_02_A_change_kills_the_links_of_resets_and_a_pending_change_of_address()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var token = await server.ResetTokenAsync(client, person);
        await server.Database.PlantResetAsync(person);
        await client.ChangePasswordAsync(person.Password, Some.OtherPassword);
        (await client.ResetAsync(token, "another-good-password")).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.LiveTokensAsync(person));
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }

    [Fact]
    public async Task PW_09_Wrong_old_passwords_count_as_failed_sign_ins()
    {
        await using var strict = await shared.StartAnotherAsync(("Accounts:Throttling:Enabled", "true"), ("Accounts:Throttling:FreeFailures", "2"));
        using var client = strict.Client();
        var person = await client.SignInSomebodyAsync();
        client.Cookies.Clear();
        for (var i = 0; i < 3; i++)
        {
            (await client.ChangePasswordAsync("guess", Some.OtherPassword)).AssertBody(400, Wrong);
        }
        await strict.Database.HoldBlocksAsync();
        (await client.ChangePasswordAsync(person.Password, Some.OtherPassword)).AssertRefused(429, "throttled");
        (await client.LoginAsync(person)).AssertRefused(429, "throttled");
        await strict.Database.CountedAsync(person, "sign_in_locked", 2);
    }

    [Fact]
    public async Task The_new_password_may_be_typed_twice()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var mistyped = await client.PostAsync(Change, new { old_password = person.Password, new_password1 = Some.OtherPassword, new_password2 = Some.Password });
        mistyped.AssertBody(400, """{"new_password2":["The two password fields didn’t match."]}""");
        (await client.PostAsync(Change, new { })).AssertBody(400, """{"old_password":["This field is required."],"new_password":["This field is required."]}""");
        Assert.Equal(200, (await client.PostAsync(Change, new { old_password = person.Password, new_password1 = Some.OtherPassword, new_password2 = Some.OtherPassword })).Status);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = Some.OtherPassword })).Status);
    }
}
