using System.Text.Json;
using System.Text.Json.Nodes;
using Accounts.Core.Import;
using Accounts.Core.Import.Django;

namespace Accounts.Tests.Import;

/// <summary>Writes dumps as <c>manage.py dumpdata</c> does, object by object.</summary>
internal static class DjangoDumpText
{
    public static JsonObject Object(string model, JsonNode? key, JsonObject fields) => new() { ["model"] = model, ["pk"] = key, ["fields"] = fields };

    /// <summary>A user as Django's own model has them.</summary>
    /// <param name="key">primary</param>
    /// <param name="change">of their fields</param>
    /// <param name="model">theirs</param>
    public static JsonObject User(int key, Action<JsonObject>? change = null, string model = "auth.user")
    {
        var fields = new JsonObject
        {
            ["password"] = "!", ["last_login"] = null, ["is_superuser"] = false, ["username"] = $"user{key}", ["first_name"] = "", ["last_name"] = "", ["email"] = $"user{key}@example.test",
            ["is_staff"] = false, ["is_active"] = true, ["date_joined"] = "2019-05-04T03:02:01.654Z", ["groups"] = new JsonArray(), ["user_permissions"] = new JsonArray(),
        };
        change?.Invoke(fields);
        return Object(model, key, fields);
    }

    public static JsonObject Group(int key, string name) => Object("auth.group", key, new() { ["name"] = name, ["permissions"] = new JsonArray() });

    public static JsonObject Address(JsonNode user, string email, bool verified, bool primary = true) =>
        Object("account.emailaddress", 1, new() { ["user"] = user, ["email"] = email, ["verified"] = verified, ["primary"] = primary });

    public static JsonObject Identity(JsonNode user, string provider, string uid, string model = "socialaccount.socialaccount", JsonNode? extra = null) =>
        Object(model, 1, new() { ["user"] = user, ["provider"] = provider, [model.StartsWith("social", StringComparison.Ordinal) ? "uid" : "provider_uid"] = uid, ["extra_data"] = extra ?? "{}" });

    /// <summary>Reads it twice, as an import does, and both must be the same.</summary>
    public static Task<List<ForeignUser>> ReadAsync(params JsonObject[] objects) => ReadAsync(new DjangoProject(), objects);

    public static Task<List<ForeignUser>> ReadAsync(DjangoProject project, params JsonObject[] objects) =>
        ReadTextAsync(project, new JsonArray([.. objects.Select(one => one.DeepClone())]).ToJsonString());

    public static Task<List<ForeignUser>> ReadTextAsync(DjangoProject project, string text) => ReadBytesAsync(project, System.Text.Encoding.UTF8.GetBytes(text));

    public static async Task<List<ForeignUser>> ReadBytesAsync(DjangoProject project, byte[] bytes)
    {
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllBytesAsync(file, bytes);
            using var dump = new DjangoDump(file, project);
            var (once, again) = (await ListAsync(dump), await ListAsync(dump));
            Xunit.Assert.Equal(Shown(once), Shown(again));
            return once;
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static async Task<List<ForeignUser>> ListAsync(IForeignUsers source)
    {
        var users = new List<ForeignUser>();
        await foreach (var user in source.ReadAsync(CancellationToken.None))
        {
            users.Add(user);
        }
        return users;
    }

    public static IEnumerable<string> Shown(IEnumerable<ForeignUser> users) => users.Select(user => JsonSerializer.Serialize(user));
}
