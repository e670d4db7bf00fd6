using System.Text.Json;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development.Testing;

/// <summary>What the tests of an app ask of the server.</summary>
internal static class TestingSteps
{
    public const string Users = "/dev/testing/user/", Age = "/dev/testing/age/", Provider = "/dev/testing/provider/", Replay = "/dev/testing/replay/";

    public static readonly string[] All = [Users, Age, Provider, Replay];

    /// <summary>A user, as the answer tells of them.</summary>
    public static async Task<Answer> MakeUserAsync(this ApiClient client, object? fields = null)
    {
        var made = await client.PostAsync(Users, fields ?? new { });
        Assert.True(made.Status == 201, made.ToString());
        return made;
    }

    public static Person Person(this Answer made) => new(made["username"]!, made["email"]!, made["password"]!);

    /// <summary>A user who is signed in.</summary>
    public static async Task<Person> SignInMadeAsync(this ApiClient client, object? fields = null)
    {
        var person = (await client.MakeUserAsync(fields)).Person();
        await client.SignInAsync(person);
        return person;
    }

    /// <returns>how many rows of which tables are older</returns>
    public static async Task<Dictionary<string, long>> AgeAsync(this ApiClient client, object fields)
    {
        var aged = await client.PostAsync(Age, fields);
        Assert.True(aged.Status == 200, aged.ToString());
        return aged.Json.GetProperty("rows").Deserialize<Dictionary<string, long>>()!;
    }

    public static Task<Dictionary<string, long>> AgeAsync(this ApiClient client, Person person, string by) => client.AgeAsync(new { email = person.Email, by });

    public static void AssertField(this Answer answer, string field, string message)
    {
        Assert.True(answer.Status == 400, answer.ToString());
        Assert.Equal(message, answer.Json.GetProperty(field)[0].GetString());
    }
}
