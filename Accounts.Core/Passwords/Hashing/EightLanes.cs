using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>For processors with AVX-512, which rotate and combine three words by one instruction each.</summary>
public readonly struct EightLanes : ILanes<EightLanes>
{
    // Truth tables of x ^ y ^ z, x ? y : z and the majority, as the instruction takes them.
    private const byte Xor = 0x96, Choice = 0xCA, Majorities = 0xE8;

    private readonly Vector512<ulong> vector;

    private EightLanes(Vector512<ulong> vector) => this.vector = vector;

    public static bool IsSupported => Avx512F.IsSupported;

    public static int Count => Vector512<ulong>.Count;

    public static EightLanes All(ulong word) => new(Vector512.Create(word));

    public static EightLanes Load(ReadOnlySpan<ulong> words) => new(Vector512.Create(words));

    public void Store(Span<ulong> words) => vector.CopyTo(words);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator +(EightLanes one, EightLanes other) => new(one.vector + other.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes operator ^(EightLanes one, EightLanes other) => new(one.vector ^ other.vector);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Choose(EightLanes x, EightLanes y, EightLanes z) => new(Avx512F.TernaryLogic(x.vector, y.vector, z.vector, Choice));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes Majority(EightLanes x, EightLanes y, EightLanes z) => new(Avx512F.TernaryLogic(x.vector, y.vector, z.vector, Majorities));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes RotateAll(EightLanes word, [ConstantExpected] byte one, [ConstantExpected] byte two, [ConstantExpected] byte three) => new(Avx512F.TernaryLogic(
        Avx512F.RotateRight(word.vector, one), Avx512F.RotateRight(word.vector, two), Avx512F.RotateRight(word.vector, three), Xor));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static EightLanes RotateAndShift(EightLanes word, [ConstantExpected] byte one, [ConstantExpected] byte two, [ConstantExpected] byte shift) => new(Avx512F.TernaryLogic(
        Avx512F.RotateRight(word.vector, one), Avx512F.RotateRight(word.vector, two), word.vector >>> shift, Xor));
}
