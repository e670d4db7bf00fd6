using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Accounts.Core.Passkeys;
using Accounts.Core.SecondFactor.Totp;

namespace Bench;

/// <summary>Somebody with an authenticator app and a passkey: ES256, by an authenticator that verifies who it is and does not count.</summary>
internal sealed class Signer(string email)
{
    private const string Origin = "http://localhost:8000", Host = "localhost";
    private const byte PresentAndVerified = 0x05;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(20);
    private long spent;

    public string Email => email;

    public byte[] Handle { get; } = RandomNumberGenerator.GetBytes(32);

    /// <summary>Of the app.</summary>
    public byte[] Seed { get; set; } = [];

    public NewPasskey Made() => new(credentialId, CoseKey(), Counter: 0) { UserVerified = true };

    /// <summary>Of this step, or of the next where this one's is spent.</summary>
    public string NextCode() => TimeCode.Of(Seed, spent = Math.Max(spent + 1, TimeCode.StepAt(DateTimeOffset.UtcNow)));

    /// <summary>The database has forgotten them, too.</summary>
    public void ForgetCodes() => spent = 0;

    public JsonObject Sign(string challenge)
    {
        var client = Encoding.UTF8.GetBytes($$"""{"type":"webauthn.get","challenge":"{{challenge}}","origin":"{{Origin}}","crossOrigin":false}""");
        byte[] data = [.. SHA256.HashData(Encoding.ASCII.GetBytes(Host)), PresentAndVerified, 0, 0, 0, 0];
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        var id = Base64Url.EncodeToString(credentialId);
        return new JsonObject
        {
            ["id"] = id,
            ["rawId"] = id,
            ["type"] = "public-key",
            ["clientExtensionResults"] = new JsonObject(),
            ["response"] = new JsonObject
            {
                ["clientDataJSON"] = Base64Url.EncodeToString(client),
                ["authenticatorData"] = Base64Url.EncodeToString(data),
                ["signature"] = Base64Url.EncodeToString(signature),
                // The framework knows users by text.
                ["userHandle"] = Base64Url.EncodeToString(Encoding.ASCII.GetBytes(Base64Url.EncodeToString(Handle))),
            },
        };
    }

    /// <summary>RFC 9052: a map of five, of which two are the point's coordinates.</summary>
    private byte[] CoseKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!];
    }
}
