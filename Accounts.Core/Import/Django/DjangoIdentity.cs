using System.Collections.Frozen;
using System.Text.Json;

namespace Accounts.Core.Import.Django;

/// <summary>
/// The identities of a user, by the names and ids that they are known by here. An id that a provider may give to somebody else, as
/// social-auth's <c>google-oauth2</c> keeps an address for one, is left behind: its owner connects the provider once more.
/// </summary>
internal static class DjangoIdentity
{
    private const int LongestUid = 255;

    /// <summary>allauth's, social-auth's and our own names, by the source of both: those whose id is the one that is known here.</summary>
    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>
    {
        ["google"] = "google", ["google-oauth2"] = "google", ["google-openidconnect"] = "google",
        ["github"] = "github", ["github-org"] = "github", ["github-team"] = "github", ["github-app"] = "github",
        ["facebook"] = "facebook", ["facebook-app"] = "facebook",
        ["apple"] = "apple", ["apple-id"] = "apple",
        ["discord"] = "discord", ["gitlab"] = "gitlab",
        ["linkedin"] = "linkedin", ["linkedin_oauth2"] = "linkedin", ["linkedin-oauth2"] = "linkedin", ["linkedin-openidconnect"] = "linkedin",
        ["microsoft"] = "microsoft", ["microsoft-graph"] = "microsoft",
    }.ToFrozenDictionary();

    public static (ForeignIdentity[] Identities, string[] Notes) Of(DjangoRow row, DjangoProject project)
    {
        var read = row.Identities.Select(identity => Read(identity, project)).ToList();
        return ([.. read.Select(one => one.Identity).OfType<ForeignIdentity>().Distinct()], [.. read.Select(one => one.Note).OfType<string>()]);
    }

    private static (ForeignIdentity? Identity, string? Note) Read(JsonElement row, DjangoProject project)
    {
        var (theirs, uid) = (Text(row, "provider") ?? "", Text(row, "provider_uid") ?? Text(row, "uid") ?? "");
        var provider = project.Providers.TryGetValue(theirs, out var named) ? named : Names.GetValueOrDefault(theirs, theirs);
        if (!IsId(provider, uid))
        {
            return (null, $"The identity of {theirs} is left out: its id is not the one that {provider} never gives to anybody else.");
        }
        var (email, verified) = Told(row, provider);
        return (new ForeignIdentity(provider, uid, email, verified), null);
    }

    /// <summary>What each provider's ids look like; of the others, that it is a text.</summary>
    private static bool IsId(string provider, string uid) => uid.Length is > 0 and <= LongestUid && !uid.Any(char.IsControl) && provider switch
    {
        "google" or "github" or "facebook" or "discord" or "gitlab" => uid.All(char.IsAsciiDigit),
        "microsoft" => Guid.TryParseExact(uid, "D", out _),
        _ => !uid.Contains('@'),
    };

    /// <summary>The address, and whether the provider vouched for it: its word counts of those that say it of every address they tell.</summary>
    private static (string? Email, bool Verified) Told(JsonElement row, string provider)
    {
        var told = Extra(row);
        var email = Text(told, "email");
        var verified = provider is "google" or "apple" && email is not null && (IsTrue(told, "email_verified") || IsTrue(told, "verified_email"));
        return (email, verified);
    }

    /// <summary>An object, or until allauth 0.57 a text that is one.</summary>
    private static JsonElement Extra(JsonElement row)
    {
        if (!row.TryGetProperty("extra_data", out var extra) || extra.ValueKind != JsonValueKind.String)
        {
            return extra;
        }
        try
        {
            return JsonElement.Parse(extra.GetString()!);
        }
        catch (JsonException)
        {
            return default;
        }
    }

    /// <summary>Apple's is a text.</summary>
    private static bool IsTrue(JsonElement of, string name) => Find(of, name) is { ValueKind: JsonValueKind.True } || Text(of, name) == "true";

    private static string? Text(JsonElement of, string name) => Find(of, name) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    private static JsonElement? Find(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value : null;
}
