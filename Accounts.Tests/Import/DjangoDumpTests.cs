using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Core.Import;
using Accounts.Core.Import.Django;
using Xunit;
using static Accounts.Tests.Import.DjangoDumpText;

namespace Accounts.Tests.Import;

/// <summary>How a dump of Django's is read, whatever its order, size and form.</summary>
public sealed class DjangoDumpTests
{
    [Fact]
    public async Task What_belongs_to_a_user_may_stand_anywhere()
    {
        var user = User(7, fields => fields["groups"] = new JsonArray(3));
        JsonObject[] objects = [Address(7, "seven@example.test", verified: true), user, Object("shop.order", 1, new() { ["user"] = 7, ["email"] = "x" }), Group(3, "editors"), Identity(7, "google", "1001")];
        foreach (var order in new[] { objects, [.. objects.Reverse()] })
        {
            var read = Assert.Single(await ReadAsync(order));
            Assert.Equal(("7", "auth.user 7", "user7", "seven@example.test", true), (read.LegacyId, read.Place, read.Username, read.Email, read.EmailVerified));
            Assert.Equal(["editors"], read.Roles);
            Assert.Equal([new ForeignIdentity("google", "1001", null, false)], read.Identities);
        }
    }

    [Fact]
    public async Task Every_form_that_Django_writes_is_read()
    {
        JsonObject[] objects = [User(1), User(2, fields => fields["first_name"] = "Zoë \"Z\" 🦦")];
        var array = new JsonArray([.. objects.Select(one => one.DeepClone())]);
        var indented = array.ToJsonString(new() { WriteIndented = true });
        var lines = string.Join('\n', objects.Select(one => one.ToJsonString())) + "\n";
        byte[][] forms = [Encoding.UTF8.GetBytes(array.ToJsonString()), Encoding.UTF8.GetBytes(indented), Encoding.UTF8.GetBytes(lines), [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(indented)], Packed(indented)];
        foreach (var form in forms)
        {
            var read = await ReadBytesAsync(new DjangoProject(), form);
            Assert.Equal(["1", "2"], read.Select(user => user.LegacyId));
            Assert.Equal("Zoë \"Z\" 🦦", read[1].FirstName);
        }
    }

    private static byte[] Packed(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }
        return packed.ToArray();
    }

    [Fact]
    public async Task Natural_keys_name_users_and_groups()
    {
        var read = Assert.Single(await ReadAsync(
            Address(new JsonArray("user1"), "one@example.test", verified: true), User(1, fields => fields["groups"] = new JsonArray(new JsonArray("editors"))), Identity(new JsonArray("user1"), "github", "2002")));
        Assert.Equal(("one@example.test", true, "github"), (read.Email, read.EmailVerified, Assert.Single(read.Identities).Provider));
        Assert.Equal(["editors"], read.Roles);
    }

    /// <summary>Users are named by their addresses there, and somebody has chosen another's address for a username.</summary>
    [Fact]
    public async Task SG_21_A_username_like_anothers_address_gets_nothing_of_the_other()
    {
        JsonObject[] objects =
        [
            User(1), User(2, fields => fields["username"] = "user1@example.test"),
            Identity(new JsonArray("user1@example.test"), "google", "1001"), Address(new JsonArray("user2@example.test"), "user2@example.test", verified: true),
        ];
        var refused = await Assert.ThrowsAsync<ForeignDataException>(() => ReadAsync(objects));
        Assert.Contains("--map natural_key=FIELD", refused.Message, StringComparison.Ordinal);
        var read = await ReadAsync(new DjangoProject { Fields = new Dictionary<string, string> { ["natural_key"] = "email" } }, objects);
        Assert.Equal(["google"], read.Single(user => user.LegacyId == "1").Identities.Select(identity => identity.Provider));
        Assert.Empty(read.Single(user => user.LegacyId == "2").Identities);
    }

    [Fact]
    public async Task The_model_of_users_is_found_by_what_every_such_model_has()
    {
        Assert.Equal("shop.customer 5", Assert.Single(await ReadAsync(Object("shop.product", 5, new() { ["name"] = "x" }), User(5, model: "shop.customer"))).Place);
        await AssertStopsAsync("several models that look like users, auth.user and shop.customer: say which by --user-model", User(1), User(5, model: "shop.customer"));
        Assert.Equal("auth.user 1", Assert.Single(await ReadAsync(new DjangoProject { UserModel = "auth.user" }, User(1), User(5, model: "shop.customer"))).Place);
        await AssertStopsAsync("nobody to import: dump the app of your users, too, or name the model by --user-model. It has auth.group, shop.product.", Object("shop.product", 5, []), Group(1, "x"));
        await AssertStopsAsync("It has nothing.");
    }

    [Fact]
    public async Task A_dump_that_lacks_something_says_how_to_make_it_whole()
    {
        await AssertStopsAsync("auth.user 1 is in group 9, which is not in the dump: add auth.group to it.", User(1, fields => fields["groups"] = new JsonArray(9)));
        var keyless = User(1);
        keyless.Remove("pk");
        await AssertStopsAsync("dump once more without --natural-primary", keyless);
        await AssertStopsAsync("names its user by several fields: dump once more without --natural-foreign", User(1), Address(new JsonArray("a", "b"), "x@example.test", verified: true));
    }

    private static async Task AssertStopsAsync(string why, params JsonObject[] objects) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<ForeignDataException>(() => ReadAsync(objects))).Message, StringComparison.Ordinal);

    /// <summary>More than one part of the temporary files, and each object across the buffers' ends somewhere.</summary>
    [Fact]
    public async Task Of_a_large_dump_everybody_has_what_is_theirs()
    {
        const int people = 24_000;
        var text = new StringBuilder("[");
        foreach (var key in Enumerable.Range(1, people))
        {
            text.Append(Address(people + 1 - key, $"address{people + 1 - key}@example.test", verified: true).ToJsonString()).Append(",\n");
        }
        text.AppendJoin(',', Enumerable.Range(1, people).Select(key => User(key, fields => fields["bio"] = new string('é', 150)).ToJsonString())).Append(']');
        Assert.True(text.Length > 12_000_000);
        var before = Directory.GetFiles(Path.GetTempPath()).Length;
        var read = await ReadTextAsync(new DjangoProject(), text.ToString());
        Assert.Equal(Enumerable.Range(1, people).Select(key => (Key: $"{key}", Email: (string?)$"address{key}@example.test")).Order(), read.Select(user => (user.LegacyId, user.Email)).Order());
        Assert.InRange(Directory.GetFiles(Path.GetTempPath()).Length, 0, before + 50);
    }
}
