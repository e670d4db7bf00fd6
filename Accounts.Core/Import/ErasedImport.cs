using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Import;

/// <summary>That somebody who was imported is gone from here: another import must not bring them back. A trigger of the users' table makes it.</summary>
public sealed class ErasedImport
{
    private ErasedImport()
    {
    }

    /// <summary>SHA-256 of the id that they had there.</summary>
    public byte[] Id { get; private set; } = [];

    public DateTimeOffset ErasedAt { get; private set; }

    internal static byte[] IdOf(string legacyId) => SHA256.HashData(Encoding.UTF8.GetBytes(legacyId));
}
