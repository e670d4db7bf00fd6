using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Tokens;

/// <summary>The current secret key, under which everything is issued, and the previous ones, which are still accepted.</summary>
public sealed class SecretKeys
{
    private readonly Dictionary<uint, SecretKey> byId;

    /// <exception cref="StartupException">the current key is missing, weak, or could never be listed as a previous one</exception>
    public SecretKeys(IOptions<SecretOptions> options)
    {
        Current = new SecretKey(Checked(options.Value.SecretKey.Trim()));
        var previous = options.Value.PreviousSecretKeys
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => new SecretKey(text));
        byId = previous.Append(Current).DistinctBy(key => key.Id).ToDictionary(key => key.Id);
    }

    public SecretKey Current { get; }

    /// <summary>Every key that is accepted: for what does not name its key.</summary>
    public IEnumerable<SecretKey> All => byId.Values;

    private static string Checked(string key)
    {
        var fault = key.Length == 0 ? "is not set"
            : Encoding.UTF8.GetByteCount(key) < SecretOptions.MinimumLength ? $"is shorter than {SecretOptions.MinimumLength} bytes"
            : key.Contains(',', StringComparison.Ordinal) ? "contains a comma, which parts the keys of Accounts__PreviousSecretKeys"
            : null;
        return fault is null ? key : throw new StartupException(
            $"Accounts__SecretKey {fault}. Set it to at least {SecretOptions.MinimumLength} random characters, the same on every node: openssl rand -base64 48");
    }

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
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 32, info: Encoding.ASCII.GetBytes($"accounts/{use}/1")));

    public override string ToString() => $"SecretKey {Id:x8}";
}
