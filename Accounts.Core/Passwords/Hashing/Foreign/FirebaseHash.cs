using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Accounts.Core.Passwords.Hashing.Foreign;

/// <summary>
/// Firebase's scrypt (https://github.com/firebase/scrypt): what scrypt makes of the password is a key of AES-256 in counter mode, by which the
/// project's signer key is encrypted. Stored in the notation of Ory Kratos
/// (https://www.ory.sh/docs/kratos/manage-identities/import-user-accounts-identities): <c>$firescrypt$ln=14,r=8,p=1$salt$hash$separator$signer-key</c>.
/// </summary>
internal sealed record FirebaseHash(ScryptCost Cost, byte[] Salt, byte[] SignerKey, byte[] Key) : ForeignPasswordHash(Key)
{
    private const int CipherKey = 32, Block = 16;

    public override bool TakesMemory => true;

    public static string Text(string salt, string hash, FirebaseParameters project) => string.Create(
        CultureInfo.InvariantCulture,
        $"$firescrypt$ln={project.MemoryCost},r={project.Rounds},p=1${Usual(salt)}${Usual(hash)}${Usual(project.SaltSeparator)}${Usual(project.SignerKey)}");

    /// <summary>Base64 in the alphabet that is not for addresses.</summary>
    private static string Usual(string base64) => base64.Replace('-', '+').Replace('_', '/');

    public static HashReading Read(string text)
    {
        var reader = new HashReader("Firebase's scrypt", text.Split('$')).Demand(7);
        var parameters = reader.Part(2).Split(',');
        var exponent = reader.Number(Value(parameters, 0, "ln="), "for its memory", 1, 20);
        var n = (1 << exponent).ToString(CultureInfo.InvariantCulture);
        var cost = ScryptCost.Read(reader, n, Value(parameters, 1, "r="), Value(parameters, 2, "p="));
        if (parameters.Length != 3)
        {
            reader.Refuse("with other parameters than ln, r and p");
        }
        var (salt, hash) = (reader.Base64(3, "salt", 1, 64), reader.Base64(4, "key", Block, 64));
        var (separator, signer) = (reader.Base64(5, "salt separator", 0, 16), reader.Base64(6, "signer key", Block, 64));
        if (hash.Length != signer.Length)
        {
            reader.Refuse("with a key of another length than the signer's");
        }
        return reader.Read(() => new FirebaseHash(cost, [.. salt, .. separator], signer, hash));
    }

    private static string Value(string[] parameters, int at, string name) =>
        at < parameters.Length && parameters[at].StartsWith(name, StringComparison.Ordinal) ? parameters[at][name.Length..] : "";

    protected override byte[] Derive(byte[] password)
    {
        using var aes = Aes.Create();
        aes.Key = Cost.Derive(password, Salt, CipherKey);
        // .NET has no counter mode: its stream is the counter, from zero, encrypted block by block.
        var counters = new byte[(SignerKey.Length + Block - 1) / Block * Block];
        for (var i = 0; i < counters.Length / Block; i++)
        {
            BinaryPrimitives.WriteInt32BigEndian(counters.AsSpan(i * Block + Block - sizeof(int)), i);
        }
        var stream = aes.EncryptEcb(counters, PaddingMode.None);
        return [.. SignerKey.Select((one, at) => (byte)(one ^ stream[at]))];
    }
}
