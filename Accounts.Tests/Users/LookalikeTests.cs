using System.Globalization;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>Names that a culture, Unicode's case mapping or the eye takes for another one; under Turkish rules too, where I is not the capital of i.</summary>
public sealed class LookalikeTests(Postgres postgres)
{
    private const string Turkish = "tr_TR.UTF-8";

    // In place of "mikes": dotless i, dotted I, Kelvin sign, long s, fullwidth letters, a combining dot.
    private static readonly string[] LocalParts = ["mıkes", "mİkes", "mi\u212Aes", "mikeſ", "ｍｉｋｅｓ", "mi\u0307kes"];

    // In place of "@kiss.example.test": Roman numeral for l, Kelvin sign, long s, fullwidth and small at signs, ideographic full stop.
    private static readonly string[] Domains =
        ["@kiss.exampⅼe.test", "@\u212Aiss.example.test", "@kiſs.example.test", "＠kiss.example.test", "﹫kiss.example.test", "@kiss。example.test", "@kıss.example.test", "@kİss.example.test", "@kiß.example.test"];

    [Fact]
    public void A_Turkish_culture_is_one_here_as_the_tests_below_need_it() =>
        Assert.Equal("ı", CultureInfo.GetCultureInfo("tr-TR").TextInfo.ToLower("I"));

    [Theory]
    [InlineData("C")]
    [InlineData(Turkish)]
    public async Task RE_05_The_same_name_in_another_ASCII_case_is_the_same_user(string locale)
    {
        await using var server = await StartAsync(locale);
        using var client = server.Client();
        var person = new Person("MIKEs", "MIKEs@KISS.Example.test", Some.Password);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        foreach (var identifier in new[] { "mikes", "MIKES", "mikeS", "mikes@kiss.example.test", "MIKES@KISS.EXAMPLE.TEST" })
        {
            Assert.Equal(200, (await client.LoginAsync(person with { Email = identifier })).Status);
        }
        var taken = await client.RegisterAsync("mikes", "mikes@kiss.example.test");
        taken.AssertBody(400, """{"username":["A user with that username already exists."],"email":["user with this email already exists."]}""");
        Assert.Equal("MIKEs@KISS.Example.test", (await server.Mailbox.WaitAsync(person.Email)).To);
    }

    [Theory]
    [InlineData("C")]
    [InlineData(Turkish)]
    public async Task RE_05_A_lookalike_address_is_never_the_ASCII_users_and_gets_no_mail(string locale)
    {
        await using var server = await StartAsync(locale);
        using var client = server.Client();
        var person = new Person("mikes", "mikes@kiss.example.test", Some.Password);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        foreach (var lookalike in LocalParts.Select(local => $"{local}@kiss.example.test").Concat(Domains.Select(domain => $"mikes{domain}")))
        {
            Assert.Equal(401, (await client.LoginAsync(person with { Email = lookalike })).Status);
            Assert.InRange((await client.RegisterAsync(Some.Username(), lookalike)).Status, 201, 400);
            Assert.InRange((await client.ResendAsync(lookalike)).Status, 200, 400);
        }
        Assert.Equal(1, await server.Database.CountAsync("outbox_messages", "recipient = @email", ("email", person.Email)));
        Assert.Equal(1, await server.Database.CountAsync("users", "email_key = @email", ("email", person.Email)));
        Assert.Equal(0, await server.Database.CountAsync("users", "email !~ '^mikes@(kiss.example.test|kıss.example.test|kiß.example.test)$'"));
    }

    [Theory]
    [InlineData("C")]
    [InlineData(Turkish)]
    public async Task RE_05_A_lookalike_username_is_refused_or_somebody_else(string locale)
    {
        await using var server = await StartAsync(locale);
        using var client = server.Client();
        var person = new Person("mikes", "mikes@kiss.example.test", Some.Password);
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        foreach (var lookalike in LocalParts)
        {
            Assert.Equal(401, (await client.LoginAsync(person with { Email = lookalike })).Status);
            Assert.InRange((await client.RegisterAsync(lookalike, Some.Email(), Some.OtherPassword)).Status, 201, 400);
            (await client.LoginAsync(person with { Email = lookalike })).AssertRefused(401, "invalid_credentials");
        }
        Assert.Equal(200, (await client.LoginAsync(person with { Email = "MIKES" })).Status);
        Assert.Equal(0, await server.Database.CountAsync("users", "username <> normalize(username, NFKC)"));
    }

    [Theory]
    [InlineData("C")]
    [InlineData(Turkish)]
    public async Task RE_05_A_domain_and_its_punycode_are_one_and_dots_and_plus_tags_are_kept_apart(string locale)
    {
        await using var server = await StartAsync(locale);
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync("first", "info@bücher.test")).Status);
        var taken = await client.RegisterAsync("second", "INFO@XN--BCHER-KVA.TEST");
        taken.AssertBody(400, """{"email":["user with this email already exists."]}""");
        foreach (var own in new[] { "in.fo@bücher.test", "info+tag@bücher.test", "info@straße.test", "info@strasse.test" })
        {
            Assert.Equal(201, (await client.RegisterAsync(Some.Username(), own)).Status);
        }
        Assert.Equal(5, await server.Database.CountAsync("users"));
    }

    private async Task<ServerProcess> StartAsync(string locale) => await ServerProcess.StartAsync(
        await postgres.CreateDatabaseAsync(), ("LANG", locale), ("LC_ALL", locale), ("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT", "0"));
}
