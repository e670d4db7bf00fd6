using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>For processors with vectors of 256 bits (AVX2).</summary>
public readonly struct FourLanes : ILanes<FourLanes>
{
    private const int Bits = 64;

    private readonly Vector256<ulong> vector;

    private FourLanes(Vector256<ulong> vector) => this.vector = vector;

    public static bool IsSupported => Vector256.IsHardwareAccelerated;

    public static int Count => Vector256<ulong>.Count;

    public static FourLanes All(ulong word) => new(Vector256.Create(word));

    public static FourLanes Load(ReadOnlySpan<ulong> words) => new(Vector256.Create(words));

    public void Store(Span<ulong> words) => vector.CopyTo(words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator +(FourLanes one, FourLanes other) => new(one.vector + other.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes operator ^(FourLanes one, FourLanes other) => new(one.vector ^ other.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Choose(FourLanes x, FourLanes y, FourLanes z) => new(z.vector ^ (x.vector & (y.vector ^ z.vector)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes Majority(FourLanes x, FourLanes y, FourLanes z) => new((x.vector & y.vector) | (z.vector & (x.vector | y.vector)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes RotateAll(FourLanes word, byte one, byte two, byte three) =>
        new(Rotate(word.vector, one) ^ Rotate(word.vector, two) ^ Rotate(word.vector, three));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static FourLanes RotateAndShift(FourLanes word, byte one, byte two, byte shift) =>
        new(Rotate(word.vector, one) ^ Rotate(word.vector, two) ^ (word.vector >>> shift));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Rotate(Vector256<ulong> word, int by) => (word >>> by) | (word << (Bits - by));
}
