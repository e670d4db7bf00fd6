using System.Text;
using System.Text.Json;
using Accounts.Core.Social;
using Accounts.Core.Users;

namespace Accounts.Api.Providers;

/// <summary>Reads what a provider says of a person, which people there have chosen for themselves.</summary>
public static class ProviderJson
{
    /// <summary>Null unless it is a text.</summary>
    public static string? Text(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.Text() : null;

    /// <inheritdoc cref="Text(JsonElement, string)"/>
    public static string? Text(this JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Half a character: whoever counts in UTF-16 cuts a name in the middle of an emoji.
            return null;
        }
    }

    /// <summary>True and nothing that looks like it: providers have said <c>"false"</c> in quotes.</summary>
    public static bool IsTrue(this JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Null where it is none that mail could be sent to.</summary>
    public static EmailAddress? Address(this JsonElement json, string name) =>
        json.Text(name) is { } text && EmailAddress.TryParse(text.Trim(), out var address) ? address : null;

    /// <summary>Empty unless it is an absolute https address of a length that is stored: people's front ends will load it.</summary>
    public static string Link(this JsonElement json, string name) =>
        json.Text(name) is { Length: <= ExternalProfile.LongestLink } text
        && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri is { Scheme: "https", UserInfo: "", AbsoluteUri: { Length: <= ExternalProfile.LongestLink } address }
            ? address
            : "";

    /// <summary>On one line, and as long as is stored.</summary>
    public static string Name(this JsonElement json, string name)
    {
        var text = new StringBuilder();
        foreach (var rune in (json.Text(name) ?? "").Trim().EnumerateRunes().Where(rune => !Rune.IsControl(rune)))
        {
            if (text.Length + rune.Utf16SequenceLength <= User.LongestName)
            {
                text.Append(rune);
            }
        }
        return text.ToString();
    }

    /// <summary>A full name, whose first word is taken for the first name.</summary>
    public static (string First, string Last) Names(this JsonElement json, string name)
    {
        var names = json.Name(name).Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (names.ElementAtOrDefault(0) ?? "", names.ElementAtOrDefault(1) ?? "");
    }
}
