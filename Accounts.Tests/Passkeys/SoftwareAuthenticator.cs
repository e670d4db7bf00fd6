using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Accounts.Tests.Passkeys;

/// <summary>An authenticator with one passkey, and the browser around it (ES256, no attestation). It does what it is asked, right or wrong.</summary>
/// <param name="origin">of the page that asks</param>
internal sealed class SoftwareAuthenticator(string origin) : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public byte[] CredentialId { get; } = RandomNumberGenerator.GetBytes(20);

    public byte[] Handle { get; set; } = [];

    /// <summary>That came with it, where it was the first factor.</summary>
    public string[] RecoveryCodes { get; set; } = [];

    /// <summary>0 for one that does not count.</summary>
    public uint Counter { get; set; }

    public Guid Aaguid { get; init; }

    public byte Flags { get; init; } = Ceremony.Present | Ceremony.Verified | Ceremony.Eligible | Ceremony.BackedUp;

    public JsonObject Create(JsonElement options, Action<Ceremony>? change = null)
    {
        Handle = Base64Url.DecodeFromChars(options.GetProperty("user").GetProperty("id").GetString());
        var ceremony = Begin("webauthn.create", options, options.GetProperty("rp").GetProperty("id").GetString()!);
        ceremony.Add(Ceremony.Attested);
        change?.Invoke(ceremony);
        return ceremony.Attestation();
    }

    public JsonObject Get(JsonElement options, Action<Ceremony>? change = null)
    {
        Counter += Counter > 0 ? 1u : 0;
        var ceremony = Begin("webauthn.get", options, options.GetProperty("rpId").GetString()!);
        ceremony.Handle = Handle;
        change?.Invoke(ceremony);
        return ceremony.Assertion();
    }

    private Ceremony Begin(string type, JsonElement options, string rpId) => new()
    {
        Type = type,
        Challenge = options.GetProperty("challenge").GetString()!,
        Origin = origin,
        RpId = rpId,
        Flags = Flags,
        Counter = Counter,
        CredentialId = CredentialId,
        Aaguid = Aaguid,
        Key = key,
    };

    public void Dispose() => key.Dispose();
}
