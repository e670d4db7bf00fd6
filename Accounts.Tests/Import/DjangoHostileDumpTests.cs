using System.Text;
using System.Text.Json.Nodes;
using Accounts.Core.Import;
using Accounts.Core.Import.Django;
using Xunit;
using static Accounts.Tests.Import.DjangoDumpText;

namespace Accounts.Tests.Import;

/// <summary>A dump that is none, or not whole, or was written by somebody who means harm.</summary>
public sealed class DjangoHostileDumpTests
{
    private static readonly string Good = new JsonArray(User(1), User(2), Address(1, "one@example.test", verified: true)).ToJsonString();

    [Fact]
    public async Task A_dump_that_is_cut_off_anywhere_is_refused_with_the_place()
    {
        for (var length = 1; length < Good.Length; length += 7)
        {
            var refused = await Assert.ThrowsAsync<ForeignDataException>(() => ReadTextAsync(new DjangoProject(), Good[..length]));
            Assert.Contains("was it written to its end?", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("{\"users\": []}", "has no model, pk and fields"), InlineData("[1, 2]", "is no dump of Django's"), InlineData("[[{}]]", "is no dump of Django's"), InlineData("\"text\"", "is no dump of Django's")]
    [InlineData("[{\"model\": 5, \"pk\": 1, \"fields\": {}}]", "has no model, pk and fields"), InlineData("[{\"model\": null, \"fields\": {}}]", "has no model, pk and fields")]
    [InlineData("[{\"model\": \"auth.user\", \"pk\": 1, \"fields\": []}]", "Object 1 of the dump has no model, pk and fields"), InlineData("", "It has nothing"), InlineData("[]", "It has nothing")]
    [InlineData("<?xml version=\"1.0\"?><django-objects/>", "is no JSON from line 1, byte 1 on"), InlineData("[\n{\"model\": \"auth.user\",}]", "is no JSON from line 2")]
    public async Task What_is_no_dump_is_told_so(string text, string why) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<ForeignDataException>(() => ReadTextAsync(new DjangoProject(), text))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task A_dump_that_PowerShell_has_redirected_is_told_so()
    {
        var refused = await Assert.ThrowsAsync<ForeignDataException>(() => ReadBytesAsync(new DjangoProject(), [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Good)]));
        Assert.Contains("manage.py dumpdata -o", refused.Message, StringComparison.Ordinal);
        refused = await Assert.ThrowsAsync<ForeignDataException>(() => ListAsync(new DjangoDump("/nowhere/dump.json", new DjangoProject())));
        Assert.Contains("/nowhere/dump.json cannot be read", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_its_own_problem_alone()
    {
        var read = await ReadTextAsync(new DjangoProject(), new JsonArray(
            User(1, fields => fields["is_active"] = "yes"), User(2, fields => fields["date_joined"] = "last spring"), User(3, fields => fields["email"] = new JsonObject()), User(4)).ToJsonString());
        Assert.Equal(["is_active is not true or false.", "date_joined is not a time.", "email is not a text.", null], read.Select(user => user.Problem));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_are_the_rows_problem_alone()
    {
        var bytes = Encoding.Latin1.GetBytes(Good.Replace("user2@example.test", "us\u00e9r2@example.test", StringComparison.Ordinal));
        Assert.Equal([null, "A text of it is not valid UTF-8."], (await ReadBytesAsync(new DjangoProject(), bytes)).Select(user => user.Problem));
        Assert.Equal([null, "A text of it is not valid UTF-8."], (await ReadTextAsync(new DjangoProject(), Good.Replace("user2@example.test", "\\ud83d", StringComparison.Ordinal))).Select(user => user.Problem));
    }

    [Theory]
    [InlineData("[[5]]"), InlineData("[[]]"), InlineData("[[\"a\", \"b\"]]"), InlineData("[[null]]"), InlineData("[null]"), InlineData("[{}]"), InlineData("[[\"\\ud83d\"]]"), InlineData("[\"\\ud83d\"]")]
    [InlineData("[7]"), InlineData("[8]"), InlineData("[9]")]
    public async Task A_group_that_is_none_or_has_no_name_is_the_problem_of_who_is_in_it_alone(string groups)
    {
        string Group(int key, string name) => $"{{\"model\": \"auth.group\", \"pk\": {key}, \"fields\": {{\"name\": {name}}}}}";
        var user = User(1).ToJsonString().Replace("\"groups\":[]", $"\"groups\":{groups}", StringComparison.Ordinal);
        var read = await ReadTextAsync(new DjangoProject(), $"[{user}, {User(2).ToJsonString()}, {Group(7, "null")}, {Group(8, "5")}, {Group(9, "\"\\ud83d\"")}]");
        Assert.Equal(["It is in a group that has no name, or one that is no text.", null], read.Select(one => one.Problem));
        Assert.All(read, one => Assert.Empty(one.Roles));
    }

    /// <summary>Deep, and as large as a document that somebody has pasted into a field; and larger than an object is read.</summary>
    [Fact]
    public async Task Deep_and_large_objects_take_no_more_than_their_place()
    {
        var deep = $"[{new string('[', 100_000)}";
        await Assert.ThrowsAsync<ForeignDataException>(() => ReadTextAsync(new DjangoProject(), deep));
        var large = new JsonArray(Object("shop.page", 1, new() { ["text"] = new string('x', 5_000_000) }), User(1)).ToJsonString();
        Assert.Single(await ReadTextAsync(new DjangoProject(), large));
        var endless = $"[{{\"model\": \"shop.page\", \"pk\": 1, \"fields\": {{\"text\": \"{new string('x', 70_000_000)}";
        Assert.Contains("an object of more than 64 MiB", (await Assert.ThrowsAsync<ForeignDataException>(() => ReadTextAsync(new DjangoProject(), endless))).Message, StringComparison.Ordinal);
    }
}
