using System.Formats.Cbor;

namespace Accounts.Api.Passkeys;

/// <summary>What an attestation object (WebAuthn 6.5) says that the handler does not return.</summary>
internal static class Attestation
{
    private const int AaguidAt = 37, AaguidLength = 16;

    /// <param name="attestation">that the handler has read</param>
    /// <returns>the authenticator's model, in its own words</returns>
    public static Guid Aaguid(byte[] attestation) => new(AuthenticatorData(new CborReader(attestation)).AsSpan(AaguidAt, AaguidLength), bigEndian: true);

    private static byte[] AuthenticatorData(CborReader cbor)
    {
        byte[] data = [];
        cbor.ReadStartMap();
        while (cbor.PeekState() != CborReaderState.EndMap)
        {
            if (cbor.ReadTextString() == "authData")
            {
                data = cbor.ReadByteString();
            }
            else
            {
                cbor.SkipValue();
            }
        }
        return data;
    }
}
