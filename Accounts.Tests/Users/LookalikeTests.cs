using System.Globalization;
using Accounts.Tests.EmailChange;
using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>Names that a culture, Unicode's case mapping or the eye takes for another one.</summary>
[Trait("Pace", "long")]
public sealed class LookalikeTests(LocaleServers servers) : IClassFixture<LocaleServers>
{
    // In place of "mikes": dotless i, dotted I, Kelvin sign, long s, fullwidth letters, a combining dot.
    private static readonly string[] LocalParts = ["mıkes", "mİkes", "mi\u212Aes", "mikeſ", "ｍｉｋｅｓ", "mi\u0307kes"];

    // In place of "@kiss.example.test": Roman numeral for l, Kelvin sign, long s, fullwidth and small at signs, ideographic full stop.
    private static readonly string[] Domains =
        ["@kiss.exampⅼe.test", "@\u212Aiss.example.test", "@kiſs.example.test", "＠kiss.example.test", "﹫kiss.example.test", "@kiss。example.test", "@kıss.example.test", "@kİss.example.test", "@kiß.example.test"];

    private static int counter;

    private readonly string suffix = $"{Interlocked.Increment(ref counter)}x";

    private Person Mikes => new($"mikes{suffix}", $"mikes{suffix}@kiss.example.test", Some.Password);

    [Fact]
    public void The_Turkish_culture_is_known_here_as_the_other_tests_need_it() =>
        Assert.Equal("ı", CultureInfo.GetCultureInfo("tr-TR").TextInfo.ToLower("I"));

    [Theory]
    [InlineData(LocaleServers.Plain)]
    [InlineData(LocaleServers.Turkish)]
    public async Task RE_05_The_same_name_in_another_ASCII_case_is_the_same_user_and_mail_goes_to_the_stored_spelling(string locale)
    {
        using var client = servers[locale].Client();
        var stored = Mikes with { Username = Mikes.Username.ToUpperInvariant(), Email = $"MIKEs{suffix}@KISS.Example.test" };
        Assert.Equal(201, (await client.RegisterAsync(stored)).Status);
        foreach (var identifier in new[] { Mikes.Username, $"MIKES{suffix}", Mikes.Email, Mikes.Email.ToUpperInvariant() })
        {
            Assert.Equal(200, (await client.LoginAsync(stored with { Email = identifier })).Status);
        }
        (await client.RegisterAsync(Mikes)).AssertBody(400,
            """{"username":["A user with that username already exists."],"email":["user with this email already exists."]}""");
        Assert.Equal(stored.Email, (await servers[locale].Mailbox.WaitAsync(stored.Email)).To);
    }

    [Theory]
    [InlineData(LocaleServers.Plain)]
    [InlineData(LocaleServers.Turkish)]
    public async Task RE_05_Scenario_13_A_lookalike_address_is_never_the_ASCII_users_and_brings_them_no_mail(string locale)
    {
        var database = servers[locale].Database;
        using var client = servers[locale].Client();
        Assert.Equal(201, (await client.RegisterAsync(Mikes)).Status);
        foreach (var lookalike in LocalParts.Select(local => $"{local}{suffix}@kiss.example.test").Concat(Domains.Select(domain => Mikes.Username + domain)))
        {
            (await client.LoginAsync(Mikes with { Email = lookalike })).AssertRefused(401, "invalid_credentials");
            Assert.InRange((await client.RegisterAsync(Some.Username(), lookalike)).Status, 201, 400);
            Assert.InRange((await client.ResendAsync(lookalike)).Status, 200, 400);
        }
        await database.WorkedOffAsync();
        Assert.Equal(1, await database.CountAsync("outbox_messages", "recipient = @email", ("email", Mikes.Email)));
        Assert.Equal(1, await database.UsersAsync(Mikes.Email));
        Assert.Equal(0, await database.CountAsync("users", "email ~ @suffix AND email !~ '^mikes[0-9]+x@(kiss|kıss|kiß)[.]example[.]test$'", ("suffix", $"{suffix}@")));
    }

    [Theory]
    [InlineData(LocaleServers.Plain)]
    [InlineData(LocaleServers.Turkish)]
    public async Task RE_05_Scenario_13_No_step_of_a_reset_or_a_change_of_address_takes_a_lookalike(string locale)
    {
        var server = servers[locale];
        using var client = server.Client();
        using var other = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(Mikes)).Status);
        Assert.Equal(200, (await client.LoginAsync(Mikes)).Status);
        await other.SignInSomebodyAsync();
        Assert.Equal(200, (await client.AskResetAsync(Mikes.Email)).Status);
        await server.Mailbox.WaitAsync(Mikes.Email, 2);
        var code = PasswordSteps.ResetCodeOf(server.Mailbox.Resets(Mikes.Email)[0]);
        var before = await server.Database.UserStateAsync(Mikes);
        foreach (var lookalike in LocalParts.Select(local => $"{local}{suffix}@kiss.example.test").Concat(Domains.Select(domain => Mikes.Username + domain)))
        {
            (await other.LoginAsync(Mikes with { Email = lookalike })).AssertRefused(401, "invalid_credentials");
            Assert.InRange((await other.AskResetAsync(lookalike)).Status, 200, 400);
            Assert.Equal(400, (await client.ResetByCodeAsync(lookalike, code)).Status);
            Assert.InRange((await other.AskChangeAsync(lookalike)).Status, 200, 400);
        }
        await server.Database.WorkedOffAsync();
        Assert.Equal(2, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", Mikes.Email)));
        Assert.Equal((1, before), (await server.Database.LiveTokensAsync(Mikes), await server.Database.UserStateAsync(Mikes)));
        (await client.ResetByCodeAsync(Mikes.Email.ToUpperInvariant(), code)).AssertBody(200, PasswordSteps.Done);
        Assert.Equal(200, (await client.LoginAsync(Mikes with { Email = Mikes.Email.ToUpperInvariant(), Password = Some.OtherPassword })).Status);
    }

    [Theory]
    [InlineData(LocaleServers.Plain)]
    [InlineData(LocaleServers.Turkish)]
    public async Task RE_05_A_lookalike_username_is_refused_or_somebody_else(string locale)
    {
        using var client = servers[locale].Client();
        Assert.Equal(201, (await client.RegisterAsync(Mikes)).Status);
        foreach (var lookalike in LocalParts.Select(local => local + suffix))
        {
            (await client.LoginAsync(Mikes with { Email = lookalike })).AssertRefused(401, "invalid_credentials");
            Assert.InRange((await client.RegisterAsync(lookalike, Some.Email(), Some.OtherPassword)).Status, 201, 400);
            (await client.LoginAsync(Mikes with { Email = lookalike })).AssertRefused(401, "invalid_credentials");
        }
        Assert.Equal(200, (await client.LoginAsync(Mikes)).Status);
        Assert.Equal(0, await servers[locale].Database.CountAsync("users", "username <> normalize(username, NFKC)"));
    }

    [Theory]
    [InlineData(LocaleServers.Plain)]
    [InlineData(LocaleServers.Turkish)]
    public async Task RE_05_A_domain_and_its_punycode_are_one_and_dots_and_plus_tags_are_kept_apart(string locale)
    {
        using var client = servers[locale].Client();
        var local = $"info{suffix}";
        Assert.Equal(201, (await client.RegisterAsync(Some.Username(), $"{local}@bücher.test")).Status);
        (await client.RegisterAsync(Some.Username(), $"{local.ToUpperInvariant()}@XN--BCHER-KVA.TEST"))
            .AssertBody(400, """{"email":["user with this email already exists."]}""");
        foreach (var own in new[] { $"in.fo{suffix}@bücher.test", $"{local}+tag@bücher.test", $"{local}@straße.test", $"{local}@strasse.test" })
        {
            Assert.Equal(201, (await client.RegisterAsync(Some.Username(), own)).Status);
            Assert.Equal(1, await servers[locale].Database.UsersAsync(own));
        }
    }
}
