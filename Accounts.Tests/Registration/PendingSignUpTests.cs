using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

/// <summary>With HideExistingAccounts a sign-up waits for the mailbox's owner, whoever has the address.</summary>
public sealed class PendingSignUpTests(PendingSignUpTests.Hiding shared) : IClassFixture<PendingSignUpTests.Hiding>
{
    internal const string Taken = """{"username":["A user with that username already exists."]}""", Required = """{"username":["This field is required."],"password":["This field is required."]}""";

    private readonly TestServer server = shared.Server;

    public sealed class Hiding(Postgres postgres) : SharedServer(postgres, ("Accounts:Registration:HideExistingAccounts", "true"));

    [Fact]
    public async Task XA_02_Nothing_that_who_signs_up_can_see_tells_a_taken_address_from_a_free_one()
    {
        using var owning = server.Client();
        var owner = await server.RegisterVerifiedAsync(owning);
        var (taken, free) = (await ProbeAsync(owner.Email), await ProbeAsync(Some.Email()));
        Assert.Equal(free, taken);
        Assert.Equal("201 401 401 201 200 200", string.Join(' ', taken.Select(seen => seen[..3])));
        await server.Database.WorkedOffAsync();
        await server.Mailbox.WaitAsync(owner.Email, 3);
        Assert.Equal(
            ["Choose a new password for", "Verify your email address for", "You already have an account at"],
            server.Mailbox.To(owner.Email).Select(mail => mail.Subject.Replace(" localhost", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(1, await server.Database.EventsAsync(owner, "registration_repeated"));
        Assert.Equal(200, (await owning.LoginAsync(owner)).Status);
    }

    /// <summary>Registers, signs in by name and by address, registers the name again, and asks for both mails.</summary>
    private async Task<string[]> ProbeAsync(string email)
    {
        using var prober = server.Client();
        var (name, password) = (Some.Username(), Some.OtherPassword);
        Answer[] answers =
        [
            await prober.RegisterAsync(name, email.ToUpperInvariant(), password),
            await prober.PostAsync("/api/auth/login/", new { username = name, password }),
            await prober.PostAsync("/api/auth/login/", new { email, password }),
            await prober.RegisterAsync(name, Some.Email(), password),
            await prober.ResendAsync(email),
            await prober.PostAsync("/api/auth/password/reset/", new { email }),
        ];
        Assert.Equal(0, await server.Database.CountAsync("users", "username = @name", ("name", name)));
        return [.. answers.Select(answer => answer.Visible())];
    }

    [Fact]
    public async Task XA_02_A_name_that_somebody_has_is_told_for_either_address_alike()
    {
        using var client = server.Client();
        var owner = await server.RegisterVerifiedAsync(client);
        var (fresh, taken) = (await client.RegisterAsync(owner.Username, Some.Email()), await client.RegisterAsync(owner.Username, owner.Email));
        taken.AssertBody(400, Taken);
        Assert.Equal(fresh.Visible(), taken.Visible());
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task SG_19_In_the_browser_that_signed_up_the_link_or_code_makes_the_user_with_the_password_that_was_typed(bool byCode)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        (await client.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        var mail = await server.Mailbox.WaitAsync(person.Email);
        var check = await client.CheckAsync(Mailbox.TokenOf(mail));
        check.AssertBody(200, $$"""{"username":"{{person.Username}}","email":"{{person.Email}}","verified":false,"same_browser":true}""");
        for (var again = 0; again < 2; again++)
        {
            var answer = byCode ? await client.VerifyByCodeAsync(person.Email, Mailbox.CodeOf(mail)) : await client.VerifyAsync(Mailbox.TokenOf(mail));
            answer.AssertBody(200, """{"message":"Email verified"}""");
        }
        Assert.True(await server.Database.IsVerifiedAsync(person));
        Assert.Equal((1, 1), (await server.Database.EventsAsync(person, "registered"), await server.Database.EventsAsync(person, "email_verified")));
        Assert.Equal(0, await PendingAsync(person.Email));
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task SG_19_Elsewhere_confirming_chooses_name_and_password_and_nothing_of_who_signed_up_counts()
    {
        using var stranger = server.Client();
        using var owner = server.Client();
        var person = Some.Person();
        Assert.Equal(201, (await stranger.PostAsync(
            "/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password, first_name = "Evil", last_name = "Evil" })).Status);
        var token = await server.Mailbox.TokenAsync(person.Email);
        Assert.True((await owner.CheckAsync(token)).Json.GetProperty("password_needed").GetBoolean());
        (await owner.VerifyAsync(token)).AssertBody(400, Required);
        (await owner.GetAsync($"/api/auth/verify-email/?token={token}", ("Accept", "application/json"))).AssertBody(400, Required);
        (await owner.VerifyAsync(token, Some.OtherPassword)).AssertBody(400, """{"username":["This field is required."]}""");
        var username = Some.Username();
        Assert.NotNull((await ChooseAsync(owner, token, username, "12345678"))["password"]);
        Assert.NotNull((await ChooseAsync(owner, token, username, username))["password"]);
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
        Assert.Equal(200, (await ChooseAsync(owner, token, username, Some.OtherPassword)).Status);
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, $"username = '{username}' AND first_name || last_name = ''"));
        (await stranger.LoginAsync(person)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await owner.LoginAsync(person with { Password = Some.OtherPassword })).Status);
        Assert.Equal("reset", await server.Database.ScalarAsync<string>("SELECT verified_by FROM users WHERE email = @email", ("email", person.Email)));
    }

    private static Task<Answer> ChooseAsync(ApiClient client, string token, string username, string password) =>
        client.PostAsync("/api/auth/verify-email/", new { token, username, password });

    [Fact]
    public async Task SG_19_A_strangers_mail_opened_in_ones_own_browser_confirms_ones_own_sign_up_and_ends_the_strangers()
    {
        using var stranger = server.Client();
        using var owner = server.Client();
        var (foreign, token) = await server.RegisterSomebodyAsync(stranger);
        var own = foreign with { Username = Some.Username(), Password = Some.OtherPassword };
        Assert.Equal(201, (await owner.RegisterAsync(own)).Status);
        var second = await server.Mailbox.TokenAsync(own.Email, 2);
        Assert.Equal(200, (await owner.VerifyAsync(token)).Status);
        Assert.Equal(0, await PendingAsync(own.Email));
        Assert.Equal(200, (await stranger.VerifyAsync(second, foreign.Password)).Status);
        (await stranger.LoginAsync(foreign)).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await owner.LoginAsync(own)).Status);
        Assert.Equal(own.Username, await server.Database.ScalarAsync<string>("SELECT username FROM users WHERE email = @email", ("email", own.Email)));
    }

    [Fact]
    public async Task SG_19_A_name_that_was_taken_meanwhile_is_told_and_the_token_stays_good_for_another()
    {
        using var client = server.Client();
        using var quicker = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        var other = new Person(person.Username.ToUpperInvariant(), Some.Email(), Some.Password);
        Assert.Equal(201, (await quicker.RegisterAsync(other)).Status);
        Assert.Equal(200, (await quicker.VerifyAsync(await server.Mailbox.TokenAsync(other.Email))).Status);
        (await client.VerifyAsync(token)).AssertBody(400, Taken);
        Assert.Equal(400, (await client.PostAsync("/api/auth/verify-email/", new { token, username = "no name" })).Status);
        var username = Some.Username();
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { token, username })).Status);
        Assert.Equal(200, (await client.PostAsync("/api/auth/login/", new { username, password = person.Password })).Status);
    }

    [Fact]
    public async Task SG_19_Whoever_reads_the_mail_may_reject_the_sign_up()
    {
        using var stranger = server.Client();
        using var owner = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(stranger);
        Assert.Equal(200, (await owner.RejectAsync(token)).Status);
        (await stranger.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        (await owner.RejectAsync(token)).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await PendingAsync(person.Email));
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task SG_19_What_has_waited_for_a_day_confirms_nothing()
    {
        using var client = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        await server.Database.ExecuteAsync("UPDATE pending_sign_ups SET expires_at = clock_timestamp() - interval '1 s' WHERE email = @email", ("email", person.Email));
        (await client.VerifyAsync(token)).AssertRefused(400, "invalid_token");
        (await client.VerifyByCodeAsync(person.Email, Mailbox.CodeOf(await server.Mailbox.WaitAsync(person.Email)))).AssertRefused(400, "invalid_token");
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task SG_19_An_address_that_somebody_else_has_by_now_makes_no_second_user()
    {
        using var client = server.Client();
        using var other = server.Client();
        var (person, token) = await server.RegisterSomebodyAsync(client);
        await using var open = await TestServer.StartOnAsync(server.Database.ConnectionString);
        other.Address = open.Address;
        Assert.Equal(201, (await other.RegisterAsync(Some.Username(), person.Email)).Status);
        foreach (var answer in new[] { await client.VerifyAsync(token), await client.CheckAsync(token), await client.RejectAsync(token) })
        {
            answer.AssertRefused(400, "invalid_token");
        }
        Assert.Equal(1, await server.Database.UsersAsync(person.Email));
    }

    [Fact]
    public async Task SG_19_A_client_without_cookies_is_known_again_by_its_attempt()
    {
        using var client = server.Client();
        var person = Some.Person();
        var registered = await client.PostAsync(
            "/api/auth/register/", new { username = person.Username, email = person.Email, password = person.Password }, ("X-Token-Transport", "body"));
        var token = await server.Mailbox.TokenAsync(person.Email);
        (await client.VerifyAsync(token)).AssertBody(400, Required);
        Assert.Equal(200, (await client.PostAsync("/api/auth/verify-email/", new { token, attempt = registered["attempt"] })).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    private Task<long> PendingAsync(string email) => server.Database.CountAsync("pending_sign_ups", "email = @email", ("email", email));
}
