using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Secrets;

/// <summary>The current secret key, under which everything is issued, and the previous ones, which are still accepted.</summary>
public sealed class SecretKeys
{
    private readonly Dictionary<uint, SecretKey> byId;

    public SecretKeys(IOptions<SecretOptions> options)
    {
        Current = new SecretKey(options.Value.SecretKey.Trim());
        var previous = SettingsSetup.Parts(options.Value.PreviousSecretKeys)
            .Select(text => new SecretKey(text));
        byId = previous.Append(Current).DistinctBy(key => key.Id).ToDictionary(key => key.Id);
    }

    public SecretKey Current { get; }

    /// <summary>Every key that is accepted: for what does not name its key.</summary>
    public IEnumerable<SecretKey> All => byId.Values;

    public SecretKey? Find(uint id) => byId.GetValueOrDefault(id);
}

/// <summary>One secret key, used only through HKDF-SHA256 (RFC 5869) with one label per use.</summary>
public sealed class SecretKey
{
    private readonly byte[] material;
    private readonly ConcurrentDictionary<SecretUse, byte[]> derived = new();

    public SecretKey(string text)
    {
        material = Encoding.UTF8.GetBytes(text);
        Id = BitConverter.ToUInt32(Derive(SecretUse.KeyId));
    }

    /// <summary>Names the key in what it made, and tells nothing about it.</summary>
    public uint Id { get; }

    /// <summary>The 32-byte key for one use.</summary>
    public byte[] Derive(SecretUse use) => derived.GetOrAdd(use, _ =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: Encoding.ASCII.GetBytes($"accounts/{use.Label()}/1")));

    public override string ToString() => $"SecretKey {Id:x8}";
}
