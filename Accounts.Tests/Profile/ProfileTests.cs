using Accounts.Tests.Passwords;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Profile;

/// <summary>Changing what one is called, with the semantics of Django REST framework.</summary>
public sealed class ProfileTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Taken = """{"username":["A user with that username already exists."]}""";

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task A_patch_changes_what_is_sent_and_answers_as_me_does()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var name = Some.Username();
        var answer = await client.PatchMeAsync(new { first_name = " Ann ", locale = "pt-br" });
        Assert.True(answer.Status == 200, answer.ToString());
        Assert.Equal((person.Username, "Ann", "", "pt-BR"), (answer["username"], answer["first_name"], answer["last_name"], answer["locale"]));
        answer = await client.PatchMeAsync(new { username = name, last_name = "Smith" });
        Assert.Equal((name, "Ann", "Smith", "pt-BR"), (answer["username"], answer["first_name"], answer["last_name"], answer["locale"]));
        Assert.Equal("no-store", answer.Header("Cache-Control"));
        Assert.Equal(answer.Text, (await client.MeAsync()).Text);
    }

    [Fact]
    public async Task What_is_not_to_be_changed_or_unknown_is_ignored()
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        var before = await client.MeAsync();
        var answer = await client.PatchMeAsync(new
        {
            id = Guid.NewGuid(), email = Some.Email(), email_verified = true, roles = new[] { "admin" }, is_active = false, has_password = false,
            date_joined = "2020-01-01T00:00:00Z", password = "another-password", providers = new[] { "google" }, unknown = 1,
        });
        answer.AssertBody(200, before.Text);
    }

    [Fact]
    public async Task A_put_wants_the_username_and_leaves_what_may_be_blank_where_it_is_not_sent()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.PatchMeAsync(new { first_name = "Ann", locale = "de" });
        (await client.PutMeAsync(new { last_name = "Smith" })).AssertBody(400, """{"username":["This field is required."]}""");
        var answer = await client.PutMeAsync(new { username = person.Username, last_name = "Smith" });
        Assert.Equal((200, "Ann", "Smith", "de"), (answer.Status, answer["first_name"], answer["last_name"], answer["locale"]));
    }

    [Fact]
    public async Task All_fields_at_fault_are_told_at_once_and_nothing_is_changed()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var before = await server.Database.UserStateAsync(person);
        var longer = new string('x', 151);
        (await client.PatchMeAsync(new { username = "", first_name = longer, last_name = (string?)null, locale = "en_US" })).AssertBody(400,
            """{"username":["This field may not be blank."],"first_name":["Ensure this field has no more than 150 characters."],"last_name":["This field may not be null."],"locale":["Enter a valid language tag, such as de or pt-BR."]}""");
        (await client.PutMeAsync(new { username = longer, first_name = "a\0b", last_name = new[] { 1 }, locale = new string('x', 36) })).AssertBody(400,
            """{"username":["Ensure this field has no more than 150 characters."],"first_name":["Null characters are not allowed."],"last_name":["Not a valid string."],"locale":["Ensure this field has no more than 35 characters."]}""");
        Assert.Equal(before, await server.Database.UserStateAsync(person));
    }

    [Theory]
    [InlineData("de"), InlineData("en-GB"), InlineData("zh-Hant-TW"), InlineData("sl-rozaj-biske"), InlineData("de-CH-1996"), InlineData("es-419")]
    [InlineData("ZH-CMN-HANS-cn", "zh-cmn-Hans-CN"), InlineData("en-ca-X-CA", "en-CA-x-ca"), InlineData("x-whatever"), InlineData("ar-u-nu-arab")]
    [InlineData("", "null"), InlineData(null, "null")]
    public async Task A_locale_is_a_well_formed_language_tag_and_kept_in_its_usual_case(string? sent, string? kept = "")
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        await client.PatchMeAsync(new { locale = "fr" });
        var answer = await client.PatchMeAsync(new { locale = sent });
        Assert.Equal((200, kept is "" ? sent : kept), (answer.Status, answer["locale"]));
    }

    [Theory]
    [InlineData("d"), InlineData("de-"), InlineData("-de"), InlineData("de--at"), InlineData("de AT"), InlineData("de-a"), InlineData("de-x"), InlineData("i-klingon"), InlineData("de-AT-1")]
    [InlineData("d\u00eb"), InlineData("\u212aa"), InlineData("123"), InlineData("de-abcdefghi")]
    public async Task A_locale_of_another_form_is_refused(string sent)
    {
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        (await client.PatchMeAsync(new { locale = sent })).AssertBody(400, """{"locale":["Enter a valid language tag, such as de or pt-BR."]}""");
    }

    [Fact]
    public async Task RE_04_A_username_that_somebody_has_in_any_case_is_refused_as_Django_does()
    {
        using var client = server.Client();
        var (person, other) = (await client.SignInSomebodyAsync(), Some.Person());
        using (var another = server.Client())
        {
            Assert.Equal(201, (await another.RegisterAsync(other)).Status);
        }
        var before = await server.Database.UserStateAsync(person);
        (await client.PatchMeAsync(new { username = other.Username, first_name = "Ann" })).AssertBody(400, Taken);
        (await client.PutMeAsync(new { username = other.Username.ToUpperInvariant() })).AssertBody(400, Taken);
        Assert.Equal(before, await server.Database.UserStateAsync(person));
        Assert.Equal(0, await server.Database.EventsAsync(person, "username_changed"));
    }

    [Fact]
    public async Task A_changed_username_is_an_event_signs_in_and_frees_the_old_one()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var renamed = person with { Username = person.Username.ToUpperInvariant() };
        await client.PatchMeAsync(new { username = person.Username });
        Assert.Equal(0, await server.Database.EventsAsync(person, "username_changed"));
        Assert.Equal(renamed.Username, (await client.PatchMeAsync(new { username = renamed.Username }))["username"]);
        renamed = person with { Username = Some.Username() };
        Assert.Equal(200, (await client.PatchMeAsync(new { username = renamed.Username })).Status);
        Assert.Equal(2, await server.Database.EventsAsync(person, "username_changed"));
        Assert.Equal(200, (await client.LoginAsync(person with { Email = renamed.Username })).Status);
        (await client.LoginAsync(person with { Email = person.Username })).AssertRefused(401, "invalid_credentials");
        Assert.Equal(201, (await client.RegisterAsync(person with { Email = Some.Email() })).Status);
    }

    [Fact]
    public async Task Without_a_session_that_lives_nothing_is_changed()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        await client.LogoutAsync();
        (await client.PatchMeAsync(new { first_name = "Ann" })).AssertAccessRefused("revoked");
        client.Access = null;
        (await client.PutMeAsync(new { username = Some.Username() })).AssertRefused(401, "not_authenticated");
        Assert.Equal(1, await server.Database.UsersAsync(person.Email, "first_name = ''"));
    }
}
