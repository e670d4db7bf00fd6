using System.Buffers.Binary;
using System.Buffers.Text;
using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Accounts.Tests.Passkeys;

/// <summary>All that an authenticator and its browser say in one answer: a test changes one of it before it is signed, or after.</summary>
internal sealed class Ceremony
{
    public const byte Present = 0x01, Verified = 0x04, Eligible = 0x08, BackedUp = 0x10, Attested = 0x40;

    public required string Type { get; set; }

    public required string Challenge { get; set; }

    public required string Origin { get; set; }

    public bool? CrossOrigin { get; set; } = false;

    public string? TopOrigin { get; set; }

    public required string RpId { get; set; }

    public required byte Flags { get; set; }

    public uint Counter { get; set; }

    public required byte[] CredentialId { get; set; }

    /// <summary>What stands beside the answer, where it is another.</summary>
    public byte[]? OuterId { get; set; }

    public string CredentialType { get; set; } = "public-key";

    public byte[]? Handle { get; set; }

    public int Algorithm { get; set; } = -7;

    public Guid Aaguid { get; set; }

    public required ECDsa Key { get; set; }

    /// <summary>Whether the signature is over other client data than those that are sent.</summary>
    public bool SignsOther { get; set; }

    /// <summary>Changes the JSON once all is signed.</summary>
    public Action<JsonObject> Afterwards { get; set; } = _ => { };

    public void Add(byte flag) => Flags |= flag;

    public void Drop(byte flag) => Flags &= (byte)~flag;

    public JsonObject Assertion()
    {
        var (client, data) = (ClientData(), Data(attested: []));
        var signed = SignsOther ? Encoding.UTF8.GetBytes("{}") : client;
        var signature = Key.SignData([.. data, .. SHA256.HashData(signed)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(client),
            ["authenticatorData"] = Text(data),
            ["signature"] = Text(signature),
            ["userHandle"] = Handle is null ? null : Text(Handle),
        });
    }

    public JsonObject Attestation()
    {
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(3);
        cbor.WriteTextString("fmt");
        cbor.WriteTextString("none");
        cbor.WriteTextString("attStmt");
        cbor.WriteStartMap(0);
        cbor.WriteEndMap();
        cbor.WriteTextString("authData");
        cbor.WriteByteString(Data(AttestedData()));
        cbor.WriteEndMap();
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Text(ClientData()),
            ["attestationObject"] = Text(cbor.Encode()),
            ["transports"] = new JsonArray("internal", "hybrid"),
        });
    }

    private JsonObject Credential(JsonObject response)
    {
        var id = Text(OuterId ?? CredentialId);
        var credential = new JsonObject
        {
            ["id"] = id, ["rawId"] = id, ["type"] = CredentialType, ["authenticatorAttachment"] = "platform",
            ["clientExtensionResults"] = new JsonObject(), ["response"] = response,
        };
        Afterwards(credential);
        return credential;
    }

    private byte[] ClientData()
    {
        var data = new JsonObject { ["type"] = Type, ["challenge"] = Challenge, ["origin"] = Origin };
        if (CrossOrigin is { } crossOrigin)
        {
            data["crossOrigin"] = crossOrigin;
        }
        if (TopOrigin is not null)
        {
            data["topOrigin"] = TopOrigin;
        }
        return Encoding.UTF8.GetBytes(data.ToJsonString());
    }

    private byte[] Data(byte[] attested)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(RpId)), Flags, .. counter, .. attested];
    }

    private byte[] AttestedData()
    {
        var length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)CredentialId.Length);
        return [.. Aaguid.ToByteArray(bigEndian: true), .. length, .. CredentialId, .. PublicKey()];
    }

    private byte[] PublicKey()
    {
        var point = Key.ExportParameters(includePrivateParameters: false).Q;
        var cbor = new CborWriter(CborConformanceMode.Ctap2Canonical);
        cbor.WriteStartMap(5);
        cbor.WriteInt32(1);
        cbor.WriteInt32(2);
        cbor.WriteInt32(3);
        cbor.WriteInt32(Algorithm);
        cbor.WriteInt32(-1);
        cbor.WriteInt32(1);
        cbor.WriteInt32(-2);
        cbor.WriteByteString(point.X!);
        cbor.WriteInt32(-3);
        cbor.WriteByteString(point.Y!);
        cbor.WriteEndMap();
        return cbor.Encode();
    }

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
