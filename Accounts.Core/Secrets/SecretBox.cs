using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Secrets;

/// <summary>
/// Encryption of what lies in the database: AES-256-GCM under a key derived for one use, bound to its place by the
/// associated data (table, row, recipient), so that a row copied elsewhere does not open.
/// Layout: version (1), key id (4), nonce (12), tag (16), ciphertext.
/// </summary>
public sealed class SecretBox(SecretKeys keys)
{
    private const byte Version = 1;
    private const int NonceAt = 5, TagAt = 17, CiphertextAt = 33;

    public byte[] Seal(SecretUse use, ReadOnlySpan<byte> plaintext, string associatedData)
    {
        var box = new byte[CiphertextAt + plaintext.Length];
        box[0] = Version;
        BinaryPrimitives.WriteUInt32LittleEndian(box.AsSpan(1), keys.Current.Id);
        RandomNumberGenerator.Fill(box.AsSpan(NonceAt, TagAt - NonceAt));
        using var aes = new AesGcm(keys.Current.Derive(use), CiphertextAt - TagAt);
        aes.Encrypt(box.AsSpan(NonceAt, 12), plaintext, box.AsSpan(CiphertextAt), box.AsSpan(TagAt, 16), Encoding.UTF8.GetBytes(associatedData));
        return box;
    }

    /// <summary>Whether it was sealed under the current secret key.</summary>
    public bool IsCurrent(ReadOnlySpan<byte> box) =>
        box.Length >= CiphertextAt && BinaryPrimitives.ReadUInt32LittleEndian(box[1..]) == keys.Current.Id;

    /// <exception cref="CryptographicException">the box is damaged, stands in another place, or no listed secret opens it</exception>
    public byte[] Open(SecretUse use, ReadOnlySpan<byte> box, string associatedData)
    {
        if (box.Length < CiphertextAt || box[0] != Version)
        {
            throw new CryptographicException("Not a sealed box.");
        }
        var id = BinaryPrimitives.ReadUInt32LittleEndian(box[1..]);
        var key = keys.Find(id) ?? throw new CryptographicException($"No listed secret key has the id {id:x8}.");
        var plaintext = new byte[box.Length - CiphertextAt];
        using var aes = new AesGcm(key.Derive(use), CiphertextAt - TagAt);
        aes.Decrypt(box[NonceAt..TagAt], box[CiphertextAt..], box[TagAt..CiphertextAt], plaintext, Encoding.UTF8.GetBytes(associatedData));
        return plaintext;
    }
}
