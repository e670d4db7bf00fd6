using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Accounts.Tests.Users;
using Microsoft.Playwright;
using Xunit;

namespace Accounts.Tests.Docs;

/// <summary>The API's document tells of the extra fields, and the server answers as it says.</summary>
[Trait("Pace", "long")]
public sealed class ExtraFieldDocumentTests(ExtraServer shared, Browser browser) : IClassFixture<ExtraServer>
{
    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task The_document_is_valid_and_has_them_where_they_are_taken_and_shown()
    {
        using var client = server.Client();
        var document = await OpenApiDocument.ReadAsync(client);
        await document.FitsAsync();
        (string Method, string Path, string[] Required)[] bodies =
            [("post", "/api/auth/register/", ["username", "email", "company"]), ("put", "/api/auth/me/", ["username", "company"]), ("patch", "/api/auth/me/", [])];
        foreach (var (method, path, required) in bodies)
        {
            var schema = document.Operation(method, path).Json["requestBody"]!["content"]!["application/json"]!["schema"]!;
            Assert.Equal(required, Required(schema));
            var properties = schema["properties"]!;
            Assert.Null(properties["plan"]);
            IsSchema("""{"title":"Company","maxLength":20,"type":"string"}""", properties["company"]);
            IsSchema("""{"maximum":150,"minimum":0,"type":["null","integer"]}""", properties["age"]);
            IsSchema("""{"maxLength":255,"pattern":"^[A-Z]{2}[0-9]+$","type":["null","string"]}""", properties["vat_id"]);
            IsSchema("""{"type":["null","boolean"],"description":"Mails about what is new."}""", properties["newsletter"]);
        }
        var user = document.Json["components"]!["schemas"]!["UserResponse"]!["properties"]!;
        IsSchema("""{"title":"Company","maxLength":20,"type":["null","string"]}""", user["company"]);
        IsSchema("""{"enum":["free","team",null],"maxLength":4,"type":["null","string"],"readOnly":true}""", user["plan"]);
        IsSchema("""{"enum":[1,2,null],"type":["null","integer"]}""", user["level"]);
        Assert.DoesNotContain("company", document.Operation("post", "/api/auth/login/").Json["requestBody"]!.ToJsonString(), StringComparison.Ordinal);
    }

    private static string[] Required(JsonNode schema) => [.. (schema["required"]?.AsArray() ?? []).Select(name => (string)name!)];

    private static void IsSchema(string expected, JsonNode? schema) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), schema), $"expected {expected}, is {schema?.ToJsonString()}");

    [Fact]
    public async Task The_examples_sign_up_and_what_is_answered_is_documented()
    {
        using var client = server.Client();
        var document = await OpenApiDocument.ReadAsync(client);
        var register = document.Operation("post", "/api/auth/register/");
        var body = register.BodyExample!;
        Assert.Equal("Example", (string?)body["company"]);
        var person = Some.Person();
        (body["username"], body["email"], body["password"]) = (person.Username, person.Email, person.Password);
        var exchanges = new List<Exchange> { new(register, await client.PostAsync(register.Path, body)) };
        exchanges.Add(new(document.Operation("post", "/api/auth/login/"), await client.SignInAsync(person)));
        await server.Database.ChangeAsync(person, """extra = extra || '{"plan":"team"}'""");
        exchanges.Add(new(document.Operation("get", "/api/auth/me/"), await client.MeAsync()));
        exchanges.Add(new(document.Operation("patch", "/api/auth/me/"), await client.PatchMeAsync("""{"age":42,"color":"red","level":1,"height":1.5}""")));
        exchanges.Add(new(document.Operation("patch", "/api/auth/me/"), await client.PatchMeAsync("""{"age":"x"}""")));
        exchanges.Add(new(document.Operation("post", "/api/auth/session/"), await client.PostAsync("/api/auth/session/")));
        Assert.Equal([201, 200, 200, 200, 400, 200], exchanges.Select(exchange => exchange.Answer.Status));
        await document.FitsAsync([.. exchanges]);
    }

    [Fact, Trait("Pace", "slow")]
    public async Task The_page_shows_them_with_what_they_take()
    {
        await using var tab = await browser.OpenAsync();
        await tab.OpenAsync($"{server.Address}docs#postAuthRegister");
        var body = tab.Page.Locator("#postAuthRegister table").First;
        await Assertions.Expect(body.Locator("tr", new() { HasText = "company" })).ToHaveTextAsync("companytextCompany At most 20 characters.");
        await Assertions.Expect(body.Locator("tr", new() { HasText = "color" })).ToHaveTextAsync("colortextoptionalAt most 10 characters. One of red, light blue.");
        await Assertions.Expect(body.Locator("tr", new() { HasText = "age" }).First).ToContainTextAsync("numberoptional");
        await tab.Page.Locator("#postAuthRegister").GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(tab.Page.Locator("#postAuthRegister .status")).ToContainTextAsync("201 Created");
        tab.IsContent();
    }
}
