using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Passwords;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

public sealed class PasswordRuleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("qjzvkwx", 400)]
    [InlineData("qjzvkwxp", 201)]
    [InlineData("😀🐢🎈🧀", 400)]
    [InlineData("😀🐢🎈🧀🚜🌵🎻🧊", 201)]
    public async Task PW_01_The_shortest_password_is_counted_in_code_points(string password, int status)
    {
        var answer = await RegisterAsync(password);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 201 ? null : """["Ensure this field has at least 8 characters."]""", answer["password"]);
    }

    [Theory]
    [InlineData(64, "ab c", 201)]
    [InlineData(256, "ab c", 201)]
    [InlineData(256, "😀🐢🎈🧀", 201)]
    [InlineData(257, "ab c", 400)]
    [InlineData(257, "😀🐢🎈🧀", 400)]
    public async Task PW_02_A_password_has_up_to_256_characters(int length, string material, int status)
    {
        var runes = string.Concat(Enumerable.Repeat(material, 64)).EnumerateRunes().Prepend(new Rune('x')).Take(length);
        var answer = await RegisterAsync(string.Concat(runes));
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 201 ? null : """["Ensure this field has no more than 256 characters."]""", answer["password"]);
    }

    /// <summary>Nor is there a hint, or a question that only its owner can answer.</summary>
    [Fact]
    public async Task PW_10_A_password_of_two_years_is_as_good_as_on_its_first_day()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await server.Database.ChangeAsync(person, "date_joined = date_joined - interval '2 years', last_login = last_login - interval '2 years', sessions_ended_at = now() - interval '2 years'");
        await client.SignInAsync(person);
        Assert.Equal(200, (await client.MeAsync()).Status);
        var document = (await client.GetAsync("/openapi/v1.json")).Json.GetProperty("components").GetProperty("schemas").ToString();
        Assert.DoesNotMatch("(?i)\"[a-z_]*(hint|question|answer|password_expires|password_age)[a-z_]*\" ?:", document);
        Assert.DoesNotMatch("(?i)(hint|question|expir|password_changed_at)", await server.Database.ScalarAsync<string>(
            "SELECT string_agg(column_name::text, ' ') FROM information_schema.columns WHERE table_name = 'users'"));
    }

    /// <summary>Registers somebody, who can then sign in with that password if and only if the registration was accepted; one over the cap is told so there too.</summary>
    private async Task<Answer> RegisterAsync(string password)
    {
        using var client = server.Client();
        var person = Some.Person() with { Password = password };
        var answer = await client.RegisterAsync(person);
        Assert.Equal(answer.Status == 201 ? 1 : 0, await server.Database.UsersAsync(person.Email));
        var refused = password.EnumerateRunes().Count() > 256 ? 400 : 401;
        Assert.Equal(answer.Status == 201 ? 200 : refused, (await client.LoginAsync(person)).Status);
        return answer;
    }

    [Theory]
    [InlineData("9152638407")]
    [InlineData("violet tractor seldom")]
    [InlineData("жёлтая канарейка")]
    [InlineData("🚜🌵🎻🧊😀🐢🎈🧀")]
    [InlineData("qjzvkwxpmnbt")]
    public async Task PW_03_No_kind_of_character_is_demanded_or_refused(string password) =>
        Assert.Equal(201, (await RegisterAsync(password)).Status);

    [Theory]
    [InlineData("a space at the end ", "a space at the end")]
    [InlineData(" a space before it", "a space before it")]
    [InlineData("Some Capital Letters", "some capital letters")]
    [InlineData("½ a litre of oranges", "1⁄2 a litre of oranges")]
    public async Task PW_04_A_password_is_compared_exactly_as_it_was_sent(string password, string similar)
    {
        using var client = server.Client();
        var person = Some.Person() with { Password = password };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
        (await client.LoginAsync(person with { Password = similar })).AssertRefused(401, "invalid_credentials");
    }

    [Theory]
    [InlineData(72)]
    [InlineData(99)]
    public async Task PW_04_No_part_of_a_password_of_100_characters_will_do(int length)
    {
        using var client = server.Client();
        var person = Some.Person() with { Password = string.Concat(Enumerable.Range(0, 100).Select(i => (char)('!' + i * 7 % 90))) };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        (await client.LoginAsync(person with { Password = person.Password[..length] })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("passwordpassword")]
    [InlineData("iloveyou")]
    [InlineData("12345678")]
    [InlineData("zzzzzzzz")]
    [InlineData("zzzzZZZZZZZ")]
    [InlineData("        ")]
    [InlineData("\u0436\u0436\u0436\u0436\u0436\u0436\u0436\u0436")]
    [InlineData("😀😀😀😀😀😀😀😀")]
    public async Task PW_05_A_common_password_is_refused_and_the_answer_says_why(string password) =>
        Assert.Equal("""["This password is too common."]""", (await RegisterAsync(password))["password"]);

    [Fact]
    public async Task PW_05_The_list_holds_more_than_3000_passwords_that_would_be_long_enough()
    {
        var listed = Listed().Where(password => password.Length >= 8).ToList();
        Assert.True(listed.Count > 3000, $"Only {listed.Count}.");
        foreach (var password in listed.Where((_, index) => index % (listed.Count / 25) == 0))
        {
            Assert.Equal("""["This password is too common."]""", (await RegisterAsync(password))["password"]);
        }
    }

    /// <summary>The digest is that of the list in the package of zxcvbn-core 1.1.17, read and joined in the same way.</summary>
    [Fact]
    public void PW_05_The_list_is_word_for_word_that_of_the_package_that_it_was_taken_from()
    {
        var listed = Listed().ToArray();
        Assert.Equal((30_000, 30_000), (listed.Length, server.Services.GetRequiredService<CommonPasswords>().Count));
        Assert.Equal("fca84ce3ec6575546a2d1e37774842afd27d82ac1b6d0b329b903d8936aa869a", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', listed)))));
    }

    private static string[] Listed() => File.ReadAllLines(Path.Combine(Repository.Folder, "Accounts.Core", "Passwords", "common-passwords.lst"));

    [Theory]
    [InlineData("{email}", "email address")]
    [InlineData("{EMAIL}", "email address")]
    [InlineData("{local}2026", "email address")]
    [InlineData("{username}12345", "username")]
    [InlineData("99{username}!!", "username")]
    [InlineData("accountsaccounts", "name of this site")]
    [InlineData("localhost2026", "name of this site")]
    public async Task PW_06_What_anybody_would_try_first_is_refused(string pattern, string name)
    {
        using var client = server.Client();
        var (username, local) = (Some.Username(), Some.Username());
        var email = Some.Email(local);
        var password = pattern.Replace("{email}", email).Replace("{EMAIL}", email.ToUpperInvariant()).Replace("{local}", local).Replace("{username}", username);
        var answer = await client.RegisterAsync(username, email, password);
        answer.AssertBody(400, $$"""{"password":["The password is too similar to the {{name}}."]}""");
        Assert.Equal(0, await server.Database.UsersAsync(email));
    }
}
