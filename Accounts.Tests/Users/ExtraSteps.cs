using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Users;

/// <summary>A server whose users have extra fields.</summary>
public sealed class ExtraServer(Postgres postgres) : SharedServer(postgres, Setting)
{
    public const string Fields = """
        {
          "type": "object",
          "properties": {
            "company": {"type": "string", "maxLength": 20, "title": "Company", "x-in-token": true},
            "nickname": {"type": "string", "minLength": 2, "maxLength": 8},
            "vat_id": {"type": "string", "pattern": "^[A-Z]{2}[0-9]+$"},
            "evil": {"type": "string", "maxLength": 1000, "pattern": "^(a+)+$"},
            "site": {"type": "string", "format": "uri"},
            "contact": {"type": "string", "format": "email"},
            "birthday": {"type": "string", "format": "date"},
            "color": {"type": "string", "enum": ["red", "light blue"]},
            "age": {"type": "integer", "minimum": 0, "maximum": 150, "x-in-token": true},
            "big": {"type": "integer"},
            "level": {"type": "integer", "enum": [1, 2]},
            "height": {"type": "number", "minimum": 0.5},
            "newsletter": {"type": "boolean", "description": "Mails about what is new.", "x-in-token": true},
            "plan": {"type": "string", "enum": ["free", "team"], "readOnly": true, "x-in-token": true}
          },
          "required": ["company"]
        }
        """;

    public static (string, string) Setting => ("Accounts:Profile:Fields", Fields);
}

/// <summary>The steps of users who have extra fields.</summary>
internal static class ExtraSteps
{
    /// <summary>Signs up, with these members beside the usual ones.</summary>
    public static Task<Answer> RegisterAsync(this ApiClient client, Person person, string extra, params (string, string)[] headers)
    {
        var body = JsonNode.Parse(extra)!.AsObject();
        (body["username"], body["email"], body["password"]) = (person.Username, person.Email, person.Password);
        return client.PostAsync("/api/auth/register/", body, headers);
    }

    public static async Task<Person> RegisterSomebodyAsync(this ApiClient client, string extra)
    {
        var person = Some.Person();
        var answer = await client.RegisterAsync(person, extra);
        Assert.True(answer.Status == 201, answer.ToString());
        return person;
    }

    public static async Task<Person> SignInSomebodyAsync(this ApiClient client, string extra)
    {
        var person = await client.RegisterSomebodyAsync(extra);
        await client.SignInAsync(person);
        return person;
    }

    public static Task<Answer> SendMeAsync(this ApiClient client, HttpMethod method, string body) =>
        client.SendAsync(method, "/api/auth/me/", JsonContent.Create(JsonNode.Parse(body)));

    public static Task<Answer> PatchMeAsync(this ApiClient client, string body) => client.SendMeAsync(HttpMethod.Patch, body);

    /// <summary>That this is stored, and no more.</summary>
    public static async Task HasExtraAsync(this TestDatabase database, Person person, string? extra) =>
        Assert.Equal(1, await database.UsersAsync(person.Email, extra is null ? "extra IS NULL" : $"extra = '{extra}'::jsonb"));
}
