using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Import;

/// <summary>What each part of a user was, as 8 bytes of a hash: enough to see whether it is another, and nothing to learn from.</summary>
internal sealed record PartPrints(byte[] Bytes)
{
    private const int Size = 8;

    public static readonly ImportPart[] Parts = Enum.GetValues<ImportPart>();

    public static PartPrints Of(Func<ImportPart, string> text) => new([.. Parts.SelectMany(part => Print(text(part)))]);

    /// <summary>Values beside each other, none of which has such a character in it.</summary>
    public static string Text(params IEnumerable<string?> values) => string.Join('\u001f', values);

    public ReadOnlySpan<byte> this[ImportPart part] => Bytes.AsSpan((int)part * Size, Size);

    public bool Agrees(PartPrints other, ImportPart part) => this[part].SequenceEqual(other[part]);

    /// <summary>With some parts as another has them.</summary>
    public PartPrints With(PartPrints other, IEnumerable<ImportPart> parts)
    {
        var bytes = Bytes.ToArray();
        foreach (var part in parts)
        {
            other[part].CopyTo(bytes.AsSpan((int)part * Size));
        }
        return new PartPrints(bytes);
    }

    private static byte[] Print(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text))[..Size];
}
