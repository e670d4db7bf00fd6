using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>The rules for passwords hold wherever one is chosen.</summary>
public sealed class NewPasswordTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string TooShort = "Ensure this field has at least 8 characters.", TooLong = "Ensure this field has no more than 256 characters.";
    private const string TooCommon = "This password is too common.";

    private readonly TestServer server = shared.Server;

    public static TheoryData<string, string?> PasswordsOfSomeLength => new()
    {
        { "qjzvkwx", TooShort }, { "qjzvkwxp", null }, { "😀🐢🎈🧀", TooShort }, { "😀🐢🎈🧀🚜🌵🎻🧊", null },
    };

    public static TheoryData<string, string?> LongPasswords => new()
    {
        { Of(64), null }, { Of(256), null }, { Of(257), TooLong }, { string.Concat(Enumerable.Repeat("😀🐢🎈🧀", 64)), null }, { string.Concat(Enumerable.Repeat("😀🐢🎈🧀", 65)), TooLong },
    };

    private static string Of(int length) => string.Concat(Enumerable.Repeat("ab c", 65))[..length];

    [Theory, MemberData(nameof(PasswordsOfSomeLength))]
    public Task PW_01_The_shortest_is_counted_in_code_points_at_a_reset_and_a_change(string password, string? error) => AssertBothAsync(password, error);

    [Theory, MemberData(nameof(LongPasswords))]
    public Task PW_02_256_characters_are_the_most_at_a_reset_and_a_change(string password, string? error) => AssertBothAsync(password, error);

    [Theory]
    [InlineData("password")]
    [InlineData("PassWord")]
    [InlineData("passwordpassword")]
    [InlineData("iloveyou")]
    [InlineData("zzzzzzzz")]
    public Task PW_05_A_common_one_is_refused_at_a_reset_and_a_change(string password) => AssertBothAsync(password, TooCommon);

    [Fact]
    public async Task PW_06_The_users_own_data_is_no_password_at_a_reset_or_a_change()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var token = await server.Database.PlantResetAsync(person);
        var before = await server.Database.UserStateAsync(person);
        foreach (var (password, name) in new[] { (person.Email, "email address"), ($"{person.Username}12345", "username"), ("localhost2026", "name of this site") })
        {
            var error = $$"""{"new_password":["The password is too similar to the {{name}}."]}""";
            (await client.ResetAsync(token, password)).AssertBody(400, error);
            (await client.ChangePasswordAsync(person.Password, password)).AssertBody(400, error);
        }
        Assert.Equal(before, await server.Database.UserStateAsync(person));
    }

    /// <summary>A password that is refused uses up no token and ends no session; one that is not signs in.</summary>
    private async Task AssertBothAsync(string password, string? error)
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var token = await server.Database.PlantResetAsync(person);
        var body = error is null ? null : $$"""{"new_password":["{{error}}"]}""";
        await AssertChosenAsync(client, person, await client.ChangePasswordAsync(person.Password, password), password, body);
        token = error is null ? await server.Database.PlantResetAsync(person) : token;
        await AssertChosenAsync(client, person, await client.ResetAsync(token, password), password, body);
        Assert.Equal(error is null ? 0 : 1, await server.Database.LiveTokensAsync(person));
    }

    private async Task AssertChosenAsync(ApiClient client, Person person, Answer answer, string password, string? body)
    {
        Assert.True(answer.Status == (body is null ? 200 : 400), answer.ToString());
        Assert.Equal(body ?? answer.Text, answer.Text);
        Assert.Equal(200, (await client.LoginAsync(person with { Password = body is null ? password : person.Password })).Status);
        Assert.True(await server.Database.LiveSessionsAsync(person) > 0);
    }
}
