using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace Accounts.Api.Passkeys;

/// <summary>
/// What a browser's <c>PublicKeyCredential.toJSON()</c> holds of what is looked at, under these very names. The handler takes a name in any case, and the
/// last of those that differ in nothing else: it would check one answer while we read another.
/// </summary>
/// <param name="State">of the beginning</param>
/// <param name="Credential">as it came</param>
public sealed record PresentedPasskey(string State, JsonObject Credential)
{
    private const int VerifiedAt = 32, VerifiedFlag = 0x04;

    private static readonly string[] Parts = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

    /// <summary>For the handler.</summary>
    public string Json() => new JsonObject
    {
        ["id"] = Credential["id"]?.DeepClone(),
        ["type"] = Credential["type"]?.DeepClone(),
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = new JsonObject(Parts.Where(part => Response?[part] is not null).Select(part => KeyValuePair.Create(part, Response![part]?.DeepClone()))),
    }.ToJsonString();

    /// <summary>Whether the authenticator has verified who it was, now; of an answer whose signature is checked.</summary>
    public bool IsUserVerified => Base64Url.DecodeFromChars((string)Response!["authenticatorData"]!)[VerifiedAt] is var flags && (flags & VerifiedFlag) != 0;

    /// <summary>How the browser reaches the authenticator: words of a registry that grows.</summary>
    public string[] Transports => Response?["transports"] is JsonArray told
        ? [.. told.OfType<JsonValue>().Select(one => one.TryGetValue<string>(out var word) ? word : "").Where(IsWord).Distinct().Take(8)]
        : [];

    private JsonObject? Response => Credential["response"] as JsonObject;

    private static bool IsWord(string text) => text.Length is > 0 and <= 20 && text.All(c => char.IsAsciiLetterLower(c) || c == '-');

    public override string ToString() => nameof(PresentedPasskey);
}
