using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>A hash that was made somewhere else, read and judged: what it asks for is little enough to be computed.</summary>
/// <param name="Key">what the password must come to</param>
internal abstract record ForeignPasswordHash(byte[] Key)
{
    /// <summary>Whether its memory counts: such a one is computed one at a time.</summary>
    public virtual bool TakesMemory => false;

    public bool IsOf(string password)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        try
        {
            return CryptographicOperations.FixedTimeEquals(Derive(bytes), Key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    protected abstract byte[] Derive(byte[] password);
}
