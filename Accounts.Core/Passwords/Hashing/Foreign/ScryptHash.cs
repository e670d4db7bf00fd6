using Org.BouncyCastle.Crypto.Generators;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>What scrypt (RFC 7914) is to take: N blocks of 128 r bytes, p times.</summary>
internal readonly record struct ScryptCost(int N, int R, int P)
{
    /// <summary>128 MiB; with <see cref="MostWork"/> it takes seconds of a core, and no stored hash more.</summary>
    private const int MostMemory = 1024 * 1024;

    private const int MostWork = 4 * MostMemory;

    public static ScryptCost Read(HashReader reader, string? n, string? r, string? p)
    {
        var cost = new ScryptCost(
            reader.Number(n ?? "", "blocks (N)", 2, MostMemory), reader.Number(r ?? "", "for r", 1, 64), reader.Number(p ?? "", "for p", 1, 64));
        if (!int.IsPow2(cost.N))
        {
            reader.Refuse("whose N is no power of two");
        }
        // RFC 7914, section 2: N is less than 2^(16 r).
        if (cost.R == 1 && cost.N > 32768)
        {
            reader.Refuse("whose N is too large for its r");
        }
        if ((long)cost.N * cost.R > MostMemory)
        {
            reader.Refuse("that takes more than 128 MiB, and is never computed");
        }
        if ((long)cost.N * cost.R * cost.P > MostWork)
        {
            reader.Refuse("that takes too long, and is never computed");
        }
        return cost;
    }

    public byte[] Derive(byte[] password, byte[] salt, int length) => SCrypt.Generate(password, salt, N, R, P, length);
}

/// <summary>A key by scrypt, as Django and Werkzeug store it.</summary>
internal sealed record ScryptHash(ScryptCost Cost, byte[] Salt, byte[] Key) : ForeignPasswordHash(Key)
{
    public const int ShortestKey = 16, LongestKey = 64;

    public override bool TakesMemory => true;

    protected override byte[] Derive(byte[] password) => Cost.Derive(password, Salt, Key.Length);
}
