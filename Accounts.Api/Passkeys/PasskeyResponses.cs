using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Accounts.Api.Http;
using Accounts.Core.Passkeys;

namespace Accounts.Api.Passkeys;

/// <summary>What asks an authenticator to sign.</summary>
/// <param name="State">Goes back beside the answer, within 5 minutes, and once.</param>
/// <param name="PublicKey">For `PublicKeyCredential.parseRequestOptionsFromJSON` and `navigator.credentials.get`.</param>
public sealed record PasskeyRequestResponse(string State, [property: JsonPropertyName("publicKey")] JsonObject PublicKey) : IAnswer<PasskeyRequestResponse>
{
    public static PasskeyRequestResponse Example { get; } = new(PasskeyExamples.State, (JsonObject)JsonNode.Parse(PasskeyExamples.RequestOptions)!);

    public static PasskeyRequestResponse Of(BegunCeremony begun) => new(begun.State, begun.PublicKey);
}

/// <summary>What asks an authenticator for a new passkey.</summary>
/// <param name="State">Goes back beside the answer, within 5 minutes, and once.</param>
/// <param name="PublicKey">For `PublicKeyCredential.parseCreationOptionsFromJSON` and `navigator.credentials.create`.</param>
public sealed record PasskeyCreationResponse(string State, [property: JsonPropertyName("publicKey")] JsonObject PublicKey) : IAnswer<PasskeyCreationResponse>
{
    public static PasskeyCreationResponse Example { get; } = new(PasskeyExamples.State, (JsonObject)JsonNode.Parse(PasskeyExamples.CreationOptions)!);

    public static PasskeyCreationResponse Of(BegunCeremony begun) => new(begun.State, begun.PublicKey);
}

/// <summary>A passkey that has been added.</summary>
/// <param name="Synced">Whether it has been copied to the user's other devices.</param>
/// <param name="CredentialId">As the authenticator calls it, for `PublicKeyCredential.signalUnknownCredential` once it is removed.</param>
/// <param name="RecoveryCodes">Ten with the user's first factor, shown once; else not there.</param>
public sealed record PasskeyResponse(Guid Id, string Name, DateTime CreatedAt, bool Synced, string CredentialId, string[]? RecoveryCodes) : IAnswer<PasskeyResponse>
{
    public static PasskeyResponse Example { get; } = new(
        Guid.Parse("0198f0aa-5c1e-7d30-9c55-2f6f0e9d1c11"), "My phone", new DateTime(2026, 11, 20, 9, 30, 0, DateTimeKind.Utc), true, PasskeyExamples.CredentialId,
        ["KRSX-G5BA-ORUG-K4TF", "JBSW-Y3DP-EB3W-64TM"]);

    public static PasskeyResponse Of(AddedPasskey added)
    {
        var (passkey, codes) = (added.Passkey, added.Changed.RecoveryCodes);
        return new(passkey.Id, passkey.Name, passkey.CreatedAt.UtcDateTime, passkey.Synced == true, passkey.CredentialId!, codes.Length > 0 ? codes : null);
    }

    public override string ToString() => nameof(PasskeyResponse);
}

/// <summary>The origins whose pages may use our passkeys, beside our own.</summary>
public sealed record RelatedOriginsResponse(string[] Origins) : IAnswer<RelatedOriginsResponse>
{
    public static RelatedOriginsResponse Example { get; } = new(["https://app.example.org"]);
}

/// <summary>Where passkeys are made and managed, for password managers.</summary>
/// <param name="Enroll">The page where one is added.</param>
/// <param name="Manage">The page where they are seen, named and removed.</param>
public sealed record PasskeyEndpointsResponse(string Enroll, string Manage) : IAnswer<PasskeyEndpointsResponse>
{
    public static PasskeyEndpointsResponse Example { get; } = Of("https://accounts.example.com");

    public static PasskeyEndpointsResponse Of(string origin) => new($"{origin}/account#passkeys", $"{origin}/account#passkeys");
}
