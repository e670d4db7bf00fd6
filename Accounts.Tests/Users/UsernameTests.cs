using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>Which names may be chosen: those of any script, with the vowel signs that they are written with, and none that deceives the eye.</summary>
public sealed class UsernameTests(SharedServer shared) : IClassFixture<SharedServer>
{
    [Theory]
    [InlineData("राजेन्द्र"), InlineData("ประเสริฐ"), InlineData("ကြွေး"), InlineData("مُحَمَّد"), InlineData("Ünïcode"), InlineData("राम.कुमार-1")]
    public async Task A_name_of_any_script_with_its_vowel_signs_may_be_chosen_and_signs_in(string name)
    {
        using var client = shared.Server.Client();
        var person = Some.Person() with { Username = $"{name.Normalize()}{Some.Username()}" };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        var answer = await client.PostAsync("/api/auth/login/", new { username = person.Username, password = person.Password });
        Assert.Equal((200, person.Username), (answer.Status, answer.Json.GetProperty("user").GetProperty("username").GetString()));
    }

    [Theory]
    [InlineData("\u093eराम"), InlineData("\u0301ada"), InlineData("a\u0336da"), InlineData("a\u093e"), InlineData("1\u093e"), InlineData(".\u093e")]
    [InlineData("का\u093e\u093e\u093e\u093e"), InlineData("राम\ufe0f"), InlineData("ក\u17b4"), InlineData("ᠠ\u180b"), InlineData("क\u200d"), InlineData("α\u0336"), InlineData("क\u0e34")]
    public async Task A_sign_without_its_letter_a_pile_of_them_and_what_nobody_sees_are_refused(string name)
    {
        using var client = shared.Server.Client();
        var person = Some.Person();
        (await client.RegisterAsync(person with { Username = name })).AssertBody(400,
            """{"username":["Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."]}""");
        Assert.Equal(0, await shared.Server.Database.UsersAsync(person.Email));
    }
}
