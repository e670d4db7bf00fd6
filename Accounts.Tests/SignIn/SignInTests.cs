using System.Text;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.SignIn;

public sealed class SignInTests(Postgres postgres) : IAsyncLifetime
{
    private TestServer server = null!;

    public async ValueTask InitializeAsync() => server = await TestServer.StartAsync(postgres);

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task A_sign_in_answers_with_an_access_token_and_the_user_and_sets_the_cookie()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        var me = await client.MeAsync();
        Assert.Equal(200, me.Status);
        Assert.Equal(person.Username, me["username"]);
        Assert.Equal(1, await server.Database.CountAsync("sessions"));
    }

    [Fact]
    public async Task A_username_signs_in_as_well_as_an_address_in_either_field()
    {
        using var client = server.Client();
        var person = await client.SignInSomebodyAsync();
        foreach (var (field, value) in new[] { ("email", person.Username), ("username", person.Email), ("username", person.Username) })
        {
            var answer = await client.PostAsync("/api/auth/login/", new Dictionary<string, string> { [field] = value, ["password"] = person.Password });
            Assert.Equal(200, answer.Status);
        }
    }

    [Theory]
    [InlineData("email", "\"\"", "username")]
    [InlineData("email", "\"  \"", "username")]
    [InlineData("email", "null", "username")]
    [InlineData("username", "\"\"", "email")]
    [InlineData("username", "null", "email")]
    public async Task An_empty_field_beside_the_other_counts_as_absent(string empty, string nothing, string given)
    {
        using var client = server.Client();
        var person = await client.RegisterSomebodyAsync();
        var answer = await LoginAsync(client, $$"""{"{{empty}}": {{nothing}}, "{{given}}": "{{person.Username}}", "password": "{{person.Password}}"}""");
        Assert.True(answer.Status == 200, answer.ToString());
    }

    [Theory]
    [InlineData("{\"email\": \"\", \"username\": \"\", \"password\": \"x\"}", "{\"email\":[\"This field may not be blank.\"]}")]
    [InlineData("{\"email\": null, \"username\": \"\", \"password\": \"x\"}", "{\"email\":[\"This field may not be null.\"]}")]
    [InlineData("{\"username\": \"\", \"password\": \"x\"}", "{\"username\":[\"This field may not be blank.\"]}")]
    [InlineData("{\"username\": null, \"password\": \"x\"}", "{\"username\":[\"This field may not be null.\"]}")]
    [InlineData("{\"password\": \"x\"}", "{\"email\":[\"This field is required.\"]}")]
    public async Task Without_either_the_field_that_was_sent_is_told(string body, string errors)
    {
        using var client = server.Client();
        (await LoginAsync(client, body)).AssertBody(400, errors);
        Assert.Equal(0, await server.Database.CountAsync("sessions"));
    }

    private static async Task<Answer> LoginAsync(ApiClient client, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        return await client.SendAsync(HttpMethod.Post, "/api/auth/login/", content);
    }
}
