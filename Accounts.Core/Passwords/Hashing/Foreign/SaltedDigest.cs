using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>The digest of salt and password, as Django once made it by MD5 and SHA-1.</summary>
internal sealed record SaltedDigest(HashAlgorithmName Function, byte[] Salt, byte[] Key) : ForeignPasswordHash(Key)
{
    protected override byte[] Derive(byte[] password)
    {
        byte[] all = [.. Salt, .. password];
        try
        {
            return CryptographicOperations.HashData(Function, all);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(all);
        }
    }
}

/// <summary>The HMAC of the password under its salt, as Werkzeug once made it: the method of most tutorials of Flask.</summary>
internal sealed record KeyedDigest(HashAlgorithmName Function, byte[] Salt, byte[] Key) : ForeignPasswordHash(Key)
{
    protected override byte[] Derive(byte[] password) => CryptographicOperations.HmacData(Function, Salt, password);
}
