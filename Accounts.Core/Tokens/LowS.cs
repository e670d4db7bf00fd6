namespace Accounts.Core.Tokens;

/// <summary>The second half of an ES256 signature, a number below the order of P-256, in the lower half of those.</summary>
internal static class LowS
{
    /// <summary>n (FIPS 186-5, SP 800-186 section 3.2.1.3).</summary>
    private static ReadOnlySpan<byte> Order =>
    [
        0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xBC, 0xE6, 0xFA, 0xAD, 0xA7, 0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
    ];

    /// <summary>n / 2, rounded down.</summary>
    private static ReadOnlySpan<byte> Half =>
    [
        0x7F, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x00, 0x00, 0x7F, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
        0xDE, 0x73, 0x7D, 0x56, 0xD3, 0x8B, 0xCF, 0x42, 0x79, 0xDC, 0xE5, 0x61, 0x7E, 0x31, 0x92, 0xA8,
    ];

    public static bool IsLow(ReadOnlySpan<byte> signature) => signature[Half.Length..].SequenceCompareTo(Half) <= 0;

    /// <summary>Puts n-s in the place of an s that is not low.</summary>
    public static void Lower(Span<byte> signature)
    {
        if (IsLow(signature))
        {
            return;
        }
        var s = signature[Half.Length..];
        var borrow = 0;
        for (var i = s.Length - 1; i >= 0; i--)
        {
            var difference = Order[i] - s[i] - borrow;
            (s[i], borrow) = ((byte)difference, difference < 0 ? 1 : 0);
        }
    }
}
