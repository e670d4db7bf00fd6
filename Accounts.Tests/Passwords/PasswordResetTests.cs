using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Asking for a mail that lets somebody choose a new password.</summary>
public sealed class PasswordResetTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task RS_01_A_token_is_long_random_and_stored_only_as_a_hash()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var (token, other) = (await server.ResetTokenAsync(client, person), await server.ResetTokenAsync(client, person));
        Assert.Matches("^[A-Za-z0-9_-]{43}$", token);
        Assert.NotEqual(token, other);
        var dump = await server.Database.DumpAsync();
        Assert.Contains(person.Email, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(token, dump, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(token)), dump, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("email_verified = false", 1)]
    [InlineData("email_verified = true", 1)]
    [InlineData("password_hash = NULL", 1)]
    [InlineData("is_active = false", 0)]
    [InlineData("deleted_at = now()", 0)]
    public async Task RS_06_Whoever_asks_reads_the_same_answer_and_nothing_changes(string? state, int mails)
    {
        using var client = server.Client();
        var person = state is null ? Some.Person() : await client.RegisterSomebodyAsync();
        if (state is not null)
        {
            await server.Database.ChangeAsync(person, state);
        }
        var before = await UsersAsync(person);
        using var stranger = server.Client();
        var (answer, unknown) = (await stranger.AskResetAsync(person.Email), await stranger.AskResetAsync(Some.Email()));
        answer.AssertBody(200, PasswordSteps.Asked);
        Assert.Equal(unknown.Visible(), answer.Visible());
        await server.Database.WorkedOffAsync();
        Assert.Equal(before, await UsersAsync(person));
        Assert.Equal(mails, await ResetMailsAsync(person.Email));
        Assert.Equal(mails, await server.Database.EventsAsync(person, "password_reset_requested"));
    }

    private Task<string> UsersAsync(Person person) =>
        server.Database.ScalarAsync<string>("SELECT coalesce(string_agg(concat(xmin, u), ''), '') FROM users u WHERE email = @email", ("email", person.Email));

    private Task<long> ResetMailsAsync(string recipient) =>
        server.Database.CountAsync("outbox_messages", "template = 'reset_password' AND recipient = @to", ("to", recipient));

    [Fact]
    public async Task RS_06_A_hundred_requests_lock_nobody_out()
    {
        using var owner = server.Client();
        using var attacker = server.Client();
        var person = await owner.SignInSomebodyAsync();
        var before = await server.Database.UserStateAsync(person);
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 10 },
            async (_, _) => (await attacker.AskResetAsync(person.Email)).AssertBody(200, PasswordSteps.Asked));
        await server.Database.WorkedOffAsync();
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        Assert.InRange(await server.Database.LiveTokensAsync(person), 1, 3);
        Assert.Equal(200, (await owner.MeAsync()).Status);
        Assert.Equal(200, (await owner.RefreshAsync()).Status);
        Assert.Equal(200, (await attacker.LoginAsync(person)).Status);
    }

    [Fact]
    public async Task RS_02_Three_links_live_side_by_side_and_the_fourth_kills_the_oldest()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var tokens = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            tokens.Add(await server.ResetTokenAsync(client, person));
        }
        Assert.Equal(3, await server.Database.LiveTokensAsync(person));
        (await client.ResetAsync(tokens[0])).AssertRefused(400, "invalid_token");
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
        (await client.ResetAsync(tokens[1])).AssertBody(200, PasswordSteps.Done);
    }

    [Theory]
    [InlineData("K", "\u212A")]
    [InlineData("i", "\u0131")]
    [InlineData("i", "\u0130")]
    [InlineData("s", "\u017F")]
    [InlineData("@", "\uFF20")]
    [InlineData("example", "exampⅼe")]
    [InlineData("example", "ex\u200Dample")]
    public async Task RS_05_A_look_alike_of_the_address_gets_no_mail(string letters, string instead)
    {
        using var client = server.Client();
        var local = $"kris{Guid.NewGuid():N}"[..12];
        var person = new Person(Some.Username(), Some.Email(local), Some.Password);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        var asked = await client.AskResetAsync(person.Email.Replace(letters, instead, StringComparison.OrdinalIgnoreCase));
        Assert.Contains(asked.Status, new[] { 200, 400 });
        await server.Database.WorkedOffAsync();
        Assert.Equal(0, await server.Database.CountAsync("outbox_messages", "template = 'reset_password' AND recipient LIKE '%' || @local || '%'", ("local", local[4..])));
        Assert.Equal(0, await server.Database.LiveTokensAsync(person));
    }

    [Fact]
    public async Task RS_05_The_mail_goes_to_the_stored_spelling()
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        (await client.AskResetAsync($" {person.Email.ToUpperInvariant()} ")).AssertBody(200, PasswordSteps.Asked);
        await server.Database.WorkedOffAsync();
        Assert.Equal((1, 0), (await ResetMailsAsync(person.Email), await ResetMailsAsync(person.Email.ToUpperInvariant())));
    }

    [Fact]
    public async Task A_bad_address_is_a_field_error()
    {
        using var client = server.Client();
        (await client.AskResetAsync("no address")).AssertBody(400, """{"email":["Enter a valid email address."]}""");
        (await client.PostAsync("/api/auth/password/reset/", new { })).AssertBody(400, """{"email":["This field is required."]}""");
    }
}
