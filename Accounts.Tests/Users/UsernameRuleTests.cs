using Accounts.Core.Profile;
using Accounts.Tests.Profile;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>Names that nobody may choose: those that speak for the site, and those that pass for somebody else's.</summary>
public sealed class UsernameRuleTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const string Lookalike = """{"username":["A user with a username that looks like this one already exists."]}""";
    private const string Mixed = """{"username":["Enter a valid username. This value may not mix these scripts."]}""";
    private const string Reserved = """{"username":["Enter a valid username. This one is reserved."]}""";

    private readonly TestServer server = shared.Server;

    [Theory]
    [InlineData("admin"), InlineData("Administrator"), InlineData("ROOT"), InlineData("no-reply"), InlineData("me")]
    [InlineData("adrnin"), InlineData("supp0rt"), InlineData("mai1er-daemon"), InlineData("biIIing"), InlineData("ѕаӏеѕ")]
    public async Task RE_07_A_name_that_is_reserved_or_looks_like_one_is_refused(string name) => await AssertRefusedAsync(name, Reserved);

    [Theory]
    [InlineData("pаypаl"), InlineData("αnna"), InlineData("αнна"), InlineData("रामสม"), InlineData("abᎪ"), InlineData("ひらкана")]
    public async Task RE_07_Scripts_that_pass_for_each_other_or_never_stand_together_are_not_mixed(string name) => await AssertRefusedAsync(name, Mixed);

    [Theory]
    [InlineData("a@b.c"), InlineData("zero\u200dwidth"), InlineData("two words"), InlineData("a\u202eb")]
    public async Task RE_07_What_is_an_address_or_hides_something_is_no_name(string name)
    {
        using var client = server.Client();
        var answer = await client.RegisterAsync(Some.Person() with { Username = name });
        Assert.Equal(400, answer.Status);
        Assert.NotNull(answer["username"]);
    }

    [Theory]
    [InlineData("мария1"), InlineData("Ελένη"), InlineData("ひらカタ漢字abc"), InlineData("한국韓國x"), InlineData("রাম-x"), InlineData("administrators")]
    public async Task RE_07_One_script_and_those_that_are_written_together_may_be_chosen(string name)
    {
        using var client = server.Client();
        Assert.Equal(201, (await client.RegisterAsync(Some.Person() with { Username = name })).Status);
    }

    [Theory]
    [InlineData("paypal", "paypaI"), InlineData("paypa2l", "paypa21"), InlineData("scope", "ѕсоре"), InlineData("modern", "rnodern"), InlineData("Barmy", "Barrny"), InlineData("bob0", "bobo")]
    [InlineData("bob", "ВОВ"), InlineData("ümit", "ÜMIT"), InlineData("mıkes", "mikes"), InlineData("bill", "biII")]
    public async Task RE_07_A_name_that_looks_like_somebodys_is_refused_at_sign_up_and_later(string name, string alike)
    {
        using var client = server.Client();
        var person = Some.Person() with { Username = name };
        Assert.Equal(201, (await client.RegisterAsync(person)).Status);
        await AssertRefusedAsync(alike, Lookalike);
        // Of one's own name it is no lookalike; and once it is given up, the other is free.
        await client.SignInAsync(person);
        Assert.Equal(alike, (await client.PatchMeAsync(new { username = alike }))["username"]);
        await AssertRefusedAsync(name, Lookalike);
        Assert.Equal(200, (await client.PatchMeAsync(new { username = Some.Username() })).Status);
        Assert.Equal(201, (await client.RegisterAsync(Some.Person() with { Username = name })).Status);
    }

    [Fact]
    public async Task RE_07_Who_has_such_a_name_from_before_keeps_it_and_nobody_gets_one_like_it()
    {
        using var client = server.Client();
        using var second = server.Client();
        var (older, newer) = (await client.SignInSomebodyAsync(), await second.SignInSomebodyAsync());
        await server.Database.ChangeAsync(older, "username = 'newborn', username_key = 'newborn', username_shape = NULL");
        await server.Database.ChangeAsync(newer, "username = 'newbom', username_key = 'newbom', username_shape = NULL");
        await server.Services.GetRequiredService<UsernameShapes>().GiveAllAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, await server.Database.UsersAsync(older.Email, "username_shape IS NOT NULL"));
        Assert.Equal(1, await server.Database.UsersAsync(newer.Email, "username_shape IS NULL"));
        await AssertRefusedAsync("newb0m", Lookalike);
        Assert.Equal("Ann", (await second.PutMeAsync(new { username = "newbom", first_name = "Ann" }))["first_name"]);
        Assert.Equal(200, (await client.LoginAsync(newer with { Email = "newbom" })).Status);
        await server.Database.ChangeAsync(newer, "username = 'admin', username_key = 'admin'");
        Assert.Equal(("admin", "Bea"), ((await second.PutMeAsync(new { username = "admin", first_name = "Bea" })) is var put ? put["username"] : "", put["first_name"]));
    }

    private async Task AssertRefusedAsync(string name, string body)
    {
        using var client = server.Client();
        var person = Some.Person() with { Username = name };
        (await client.RegisterAsync(person)).AssertBody(400, body);
        Assert.Equal(0, await server.Database.UsersAsync(person.Email));
        await client.SignInSomebodyAsync();
        (await client.PatchMeAsync(new { username = name })).AssertBody(400, body);
    }
}
