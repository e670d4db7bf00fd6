namespace Accounts.Core.Passwords.Hashing;

/// <summary>A word of SHA-512 in each lane of a vector: the same steps are taken in all of them at once (FIPS 180-4, §4.1.3).</summary>
public interface ILanes<T> where T : unmanaged, ILanes<T>
{
    static abstract int Count { get; }

    /// <summary>The same word in every lane.</summary>
    static abstract T All(ulong word);

    /// <param name="words">one a lane</param>
    static abstract T Load(ReadOnlySpan<ulong> words);

    void Store(Span<ulong> words);

    static abstract T operator +(T one, T other);

    static abstract T operator ^(T one, T other);

    /// <summary>Ch(x, y, z): bits of <paramref name="y"/> where <paramref name="x"/> has ones, of <paramref name="z"/> elsewhere.</summary>
    static abstract T Choose(T x, T y, T z);

    /// <summary>Maj(x, y, z)</summary>
    static abstract T Majority(T x, T y, T z);

    /// <summary>Σ of 28, 34 and 39 or of 14, 18 and 41: the word rotated to the right by each, exclusively or-ed.</summary>
    static abstract T RotateAll(T word, byte one, byte two, byte three);

    /// <summary>σ of 1, 8 and 7 or of 19, 61 and 6: the last one shifts.</summary>
    static abstract T RotateAndShift(T word, byte one, byte two, byte shift);
}
