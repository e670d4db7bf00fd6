using Accounts.Tests.EmailChange;
using Accounts.Tests.EmailCodes;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Throttling;

/// <summary>Whether an address is known must not show in the time of an answer.</summary>
[Collection(typeof(Alone)), Trait("Pace", "long")]
public sealed class TimingTests(TimingTests.Configured shared) : IClassFixture<TimingTests.Configured>, IAsyncLifetime
{
    private const int Requests = 40;

    private readonly TestServer server = shared.Server;
    private readonly ApiClient client = shared.Server.Client();
    private Person known = null!;

    public sealed class Configured(Postgres postgres)
        : SharedServer(postgres, ("Accounts:Passwords:MemoryKiB", "19456"), ("Accounts:Passwords:Passes", "2"), ("Accounts:Registration:HideExistingAccounts", "true"), ("Accounts:EmailCodes:Enabled", "true"));

    public async ValueTask InitializeAsync() => known = await server.RegisterVerifiedAsync(client);

    public ValueTask DisposeAsync()
    {
        client.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public Task RE_03_A_sign_in_takes_as_long_for_an_unknown_address() => AssertAlikeAsync(401, email => client.LoginAsync(new Person("", email, Some.OtherPassword)));

    [Fact]
    public Task XA_05_A_sign_in_takes_as_long_for_an_unknown_username() => AlikeTimes.AssertAsync(
        Requests, () => FailAsync(known.Username), () => FailAsync(Some.Username()));

    private async Task FailAsync(string username) =>
        Assert.Equal(401, (await client.PostAsync("/api/auth/login/", new { username, password = Some.OtherPassword })).Status);

    [Fact]
    public Task RE_03_A_resend_takes_as_long_for_an_unknown_address() => AssertAlikeAsync(200, client.ResendAsync);

    [Fact]
    public Task RE_03_A_reset_takes_as_long_for_an_unknown_address() => AssertAlikeAsync(200, client.AskResetAsync);

    [Fact]
    public async Task SG_07_A_wrong_code_of_a_reset_takes_as_long_for_an_unknown_address()
    {
        await server.ResetCodeAsync(client, known);
        // However often it is tried.
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET attempts = -10000 WHERE purpose = 'reset'");
        await AssertAlikeAsync(400, email => client.ResetByCodeAsync(email, "00000000"));
    }

    [Fact]
    public Task RE_03_Asking_for_a_sign_in_by_mail_takes_as_long_for_an_unknown_address() => AssertAlikeAsync(200, client.AskCodeAsync);

    [Fact]
    public async Task SG_07_A_wrong_code_of_a_sign_in_takes_as_long_for_an_unknown_address()
    {
        await server.MailedCodeAsync(client, known.Email);
        await server.Database.ExecuteAsync("UPDATE email_verification_tokens SET attempts = -10000 WHERE purpose = 'sign_in'");
        await AssertAlikeAsync(400, email => client.SignInByCodeAsync("00000000", email));
    }

    [Fact]
    public async Task RE_03_A_change_of_address_takes_as_long_for_one_that_somebody_has()
    {
        using var other = server.Client();
        await other.SignInAsync(await server.RegisterVerifiedAsync(other));
        await AssertAlikeAsync(200, email => other.AskChangeAsync(email));
    }

    [Theory]
    [InlineData("email_verified = false")]
    [InlineData("is_active = false")]
    [InlineData("password_hash = NULL")]
    public async Task RS_06_A_reset_takes_as_long_whatever_the_account(string state)
    {
        await server.Database.ChangeAsync(known, state);
        await AssertAlikeAsync(200, client.AskResetAsync, Requests / 4);
    }

    [Fact]
    public Task RE_03_A_registration_takes_as_long_for_a_taken_address_where_it_is_hidden() =>
        AssertAlikeAsync(201, email => client.RegisterAsync(Some.Username(), email));

    [Theory]
    [InlineData("is_active = false")]
    [InlineData("password_hash = NULL")]
    [InlineData("password_hash = 'AQAAAAIB'")]
    public async Task RE_03_A_sign_in_takes_as_long_where_no_password_can_be_right(string state)
    {
        await server.Database.ChangeAsync(known, state);
        await AssertAlikeAsync(401, email => client.LoginAsync(new Person("", email, known.Password)), Requests / 4);
    }

    private Task AssertAlikeAsync(int status, Func<string, Task<Answer>> act, int requests = Requests) => AlikeTimes.AssertAsync(
        requests, async () => Assert.Equal(status, (await act(known.Email)).Status), async () => Assert.Equal(status, (await act(Some.Email())).Status));
}
