using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Registration;

public sealed class RegistrationTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Register = "/api/auth/register/";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_registration_makes_an_unverified_user_an_event_and_a_mail_and_tells_no_token()
    {
        using var client = server.Client();
        var person = Some.Person();
        var answer = await client.RegisterAsync(person);
        answer.AssertBody(201, """{"message":"Registered. Please verify email."}""");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "NOT email_verified AND is_active AND roles = '{}'"));
        Assert.Equal(1, await server.Database.EventsAsync(person, "registered"));
        Assert.Equal(person.Email, (await server.Mailbox.WaitAsync(person.Email)).To);
    }

    [Theory]
    [InlineData("{}", """{"username":["This field is required."],"email":["This field is required."],"password":["This field is required."]}""")]
    [InlineData("""{"username":null,"email":null,"password":null}""", """{"username":["This field may not be null."],"email":["This field may not be null."],"password":["This field may not be null."]}""")]
    [InlineData("""{"username":"","email":"   ","password":""}""", """{"username":["This field may not be blank."],"email":["This field may not be blank."],"password":["This field may not be blank."]}""")]
    [InlineData("""{"username":["a"],"email":true,"password":{"a":1}}""", """{"username":["Not a valid string."],"email":["Enter a valid email address."],"password":["Not a valid string."]}""")]
    [InlineData("""{"username":"bad!name","email":"a@@example.test","password":"abcdefg"}""", """{"username":["Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters."],"email":["Enter a valid email address."],"password":["Ensure this field has at least 8 characters."]}""")]
    [InlineData("[]", """{"non_field_errors":["Invalid data. Expected a dictionary, but got list."]}""")]
    public async Task All_field_errors_are_told_at_once_in_the_words_of_DRF(string body, string expected)
    {
        using var client = server.Client();
        var before = await server.Database.CountAsync("users", "username LIKE 'bad%'");
        var answer = await client.SendAsync(HttpMethod.Post, Register, new StringContent(body, Encoding.UTF8, "application/json"));
        answer.AssertBody(400, expected);
        Assert.Equal(before, await server.Database.CountAsync("users", "username LIKE 'bad%'"));
    }

    [Theory]
    [InlineData(150, 201)]
    [InlineData(151, 400)]
    public async Task A_username_has_at_most_150_characters(int length, int status)
    {
        using var client = server.Client();
        var username = Some.Username().PadRight(length, 'x');
        var answer = await client.RegisterAsync(username, Some.Email());
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 201 ? null : """["Ensure this field has no more than 150 characters."]""", answer["username"]);
        Assert.Equal(status == 201 ? 1 : 0, await server.Database.CountAsync("users", "username = @name", ("name", username)));
    }

    [Fact]
    public async Task A_number_is_read_as_text_in_username_and_password()
    {
        using var client = server.Client();
        var (username, password) = (Random.Shared.NextInt64(1L << 40, 1L << 50), 9152638407L);
        var email = Some.Email();
        var answer = await client.PostAsync(Register, new { username, email, password });
        Assert.Equal(201, answer.Status);
        Assert.Equal(200, (await client.LoginAsync(new Person("", $"{username}", $"{password}"))).Status);
        Assert.Equal(1, await server.Database.UsersAsync(email));
    }

    [Fact]
    public async Task Username_and_address_are_trimmed_and_the_address_keeps_its_spelling()
    {
        using var client = server.Client();
        var username = Some.Username();
        var answer = await client.RegisterAsync($"  {username} ", $" Mixed.{username}@Example.Test  ");
        Assert.Equal(201, answer.Status);
        Assert.Equal(1, await server.Database.CountAsync(
            "users", "username = @name AND email = @email", ("name", username), ("email", $"Mixed.{username}@Example.Test")));
    }

    [Theory]
    [InlineData("""{"username":["A user with that username already exists."]}""", true, false)]
    [InlineData("""{"email":["user with this email already exists."]}""", false, true)]
    [InlineData("""{"username":["A user with that username already exists."],"email":["user with this email already exists."]}""", true, true)]
    public async Task What_is_taken_in_any_case_is_told_of_both_fields_at_once(string expected, bool sameUsername, bool sameEmail)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var fresh = Some.Username();
        var answer = await client.RegisterAsync(sameUsername ? person.Username.ToUpperInvariant() : fresh, sameEmail ? person.Email.ToUpperInvariant() : Some.Email(fresh));
        answer.AssertBody(400, expected);
        Assert.Equal(1, await server.Database.CountAsync("users", "username_key = @name OR email_key = @email", ("name", person.Username), ("email", person.Email)));
        Assert.Equal(0, await server.Database.CountAsync("users", "username = @fresh", ("fresh", fresh)));
    }

    [Fact]
    public async Task Password1_and_password2_stand_for_the_password()
    {
        using var client = server.Client();
        var person = Some.Person();
        var answer = await client.PostAsync(Register, Twice(person, person.Password, person.Password));
        Assert.Equal(201, answer.Status);
        Assert.Equal(200, (await client.LoginAsync(person)).Status);
    }

    [Theory]
    [InlineData(Some.Password, Some.OtherPassword, """{"non_field_errors":["The two password fields didn't match."]}""")]
    [InlineData(Some.Password, null, """{"password2":["This field is required."]}""")]
    [InlineData(null, Some.Password, """{"password1":["This field is required."]}""")]
    [InlineData("abcdefg", "abcdefg", """{"password1":["Ensure this field has at least 8 characters."]}""")]
    public async Task Password1_and_password2_must_both_be_there_match_and_be_good(string? first, string? second, string expected)
    {
        using var client = server.Client();
        var person = Some.Person();
        var answer = await client.PostAsync(Register, Twice(person, first, second));
        answer.AssertBody(400, expected);
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
    }

    private static Dictionary<string, string> Twice(Person person, string? first, string? second)
    {
        var body = new Dictionary<string, string?> { ["username"] = person.Username, ["email"] = person.Email, ["password1"] = first, ["password2"] = second };
        return body.Where(member => member.Value is not null).ToDictionary(member => member.Key, member => member.Value!);
    }

    [Fact]
    public async Task Members_that_are_not_asked_for_are_never_bound()
    {
        using var client = server.Client();
        var (username, email, id) = (Some.Username(), Some.Email(), Guid.NewGuid());
        var answer = await client.PostAsync(Register, new
        {
            username, email, id, password = Some.Password, roles = new[] { "admin" }, email_verified = true, is_active = false,
        });
        Assert.Equal(201, answer.Status);
        Assert.Equal(1, await server.Database.UsersAsync(email, "roles = '{}' AND NOT email_verified AND is_active"));
        Assert.Equal(0, await server.Database.CountAsync("users", "id = @id", ("id", id)));
    }

    [Theory]
    [InlineData("dot.name", 201)]
    [InlineData("plus+name", 201)]
    [InlineData("at@name", 201)]
    [InlineData("under_name", 201)]
    [InlineData("ünïcode", 201)]
    [InlineData("用户", 201)]
    [InlineData("name@example.test", 400)]
    [InlineData("zero\u200dwidth", 400)]
    [InlineData("tag\U000E0040character", 400)]
    [InlineData("tag\U000E002Echaracter", 400)]
    [InlineData("two words", 400)]
    [InlineData("nul\0name", 400)]
    [InlineData("line\nname", 400)]
    public async Task A_username_is_letters_digits_and_a_few_marks_and_never_an_address(string text, int status)
    {
        using var client = server.Client();
        var username = Some.Username() + text;
        var email = Some.Email();
        var answer = await client.RegisterAsync(username, email);
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 400, answer.Text.StartsWith("""{"username":["Enter a valid username.""", StringComparison.Ordinal));
        Assert.Equal(status == 201 ? 1 : 0, await server.Database.UsersAsync(email));
    }
}
