using System.Buffers.Binary;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Accounts.Core.Passwords.Hashing;

/// <summary>
/// Derives several keys at once, one in each lane of the processor's vectors: on a processor with AVX-512 eight take
/// about as long as two by the platform's library. For one thread at a time.
/// </summary>
public abstract class DerivationLanes
{
    /// <summary>Fewer are done sooner one by one.</summary>
    public const int Fewest = 3;

    /// <summary>Bytes of a salt that is hashed with one block: what its number, SHA-512's end and length leave of 128.</summary>
    private const int LongestSalt = 107;

    /// <summary>Bytes of a key that is one block of PBKDF2.</summary>
    protected const int LongestKey = SHA512.HashSizeInBytes;

    /// <summary>Null where the processor has none that are wide enough, or the program is built for a debugger, which makes them slow.</summary>
    public static DerivationLanes? OfThisProcessor()
    {
        if (typeof(DerivationLanes).Assembly.GetCustomAttribute<DebuggableAttribute>() is { IsJITOptimizerDisabled: true })
        {
            return null;
        }
        return EightLanes.IsSupported ? new DerivationLanes<EightLanes>() : FourLanes.IsSupported ? new DerivationLanes<FourLanes>() : null;
    }

    public static bool Fit(KeyParameters parameters) =>
        parameters.Algorithm == HashAlgorithmName.SHA512 && parameters.Salt.Length <= LongestSalt && parameters.Length <= LongestKey;

    public abstract int Count { get; }

    /// <summary>The keys in the order of the requests.</summary>
    /// <param name="asked">up to <see cref="Count"/>, all of as many iterations, and such that <see cref="Fit"/></param>
    public abstract byte[][] Derive(IReadOnlyList<PasswordDerivation> asked);

    /// <summary>What is compared with stored hashes must be right: tried on a password, a longer one than a block, and none at all.</summary>
    public bool AgreesWithPlatform()
    {
        var asked = new[] { "a password", new string('x', 200), "" }
            .Select((password, n) => new PasswordDerivation(password, new KeyParameters(HashAlgorithmName.SHA512, RandomNumberGenerator.GetBytes(16), n + 1, 32), Cost: 3)).ToArray();
        return Derive(asked).Zip(asked).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second.Derive()));
    }
}

/// <inheritdoc/>
public sealed class DerivationLanes<T> : DerivationLanes where T : unmanaged, ILanes<T>
{
    private const int State = Sha512Lanes<T>.StateWords, Block = Sha512Lanes<T>.BlockWords, Schedule = Sha512Lanes<T>.ScheduleWords;
    private const int BlockBytes = Block * sizeof(ulong), WordBits = 8 * sizeof(ulong);
    private const byte InnerPad = 0x36, OuterPad = 0x5c, End = 0x80;

    // A vector that lies across two lines of the cache takes two reads.
    private const int CacheLine = 64;

    private readonly byte[] memory = GC.AllocateArray<byte>((Schedule + 3 * State) * CacheLine + CacheLine, pinned: true);
    private readonly int aligned;

    public DerivationLanes() => aligned = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(memory, 0) & (CacheLine - 1));

    public override int Count => T.Count;

    public override byte[][] Derive(IReadOnlyList<PasswordDerivation> asked)
    {
        try
        {
            var states = new States(MemoryMarshal.Cast<byte, T>(memory.AsSpan(aligned)));
            Begin(asked, states);
            return Iterate(asked, states);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(memory);
        }
    }

    /// <summary>The block that is hashed, HMAC's two states after the padded password, and the sum of all digests, which is the key.</summary>
    private readonly ref struct States(Span<T> all)
    {
        public Span<T> Words { get; } = all[..Schedule];

        public Span<T> Inner { get; } = all.Slice(Schedule, State);

        public Span<T> Outer { get; } = all.Slice(Schedule + State, State);

        public Span<T> Sum { get; } = all.Slice(Schedule + 2 * State, State);
    }

    /// <summary>Up to the block that the first iteration hashes (RFC 2104, §2).</summary>
    private static void Begin(IReadOnlyList<PasswordDerivation> asked, States states)
    {
        Span<byte> blocks = stackalloc byte[T.Count * BlockBytes];
        for (var lane = 0; lane < asked.Count; lane++)
        {
            PutPassword(asked[lane].Password, blocks.Slice(lane * BlockBytes, BlockBytes));
        }
        CompressKey(blocks, InnerPad, states.Words, states.Inner);
        CompressKey(blocks, OuterPad, states.Words, states.Outer);
        CryptographicOperations.ZeroMemory(blocks);
        for (var lane = 0; lane < asked.Count; lane++)
        {
            PutSalt(asked[lane].Parameters.Salt, blocks.Slice(lane * BlockBytes, BlockBytes));
        }
        Load(blocks, 0, states.Words);
    }

    private static void PutPassword(string password, Span<byte> block)
    {
        var bytes = Encoding.UTF8.GetBytes(password);
        if (bytes.Length > block.Length)
        {
            SHA512.HashData(bytes, block);
        }
        else
        {
            bytes.CopyTo(block);
        }
        CryptographicOperations.ZeroMemory(bytes);
    }

    /// <summary>The salt and the number of the key's block, which is the first.</summary>
    private static void PutSalt(byte[] salt, Span<byte> block)
    {
        salt.CopyTo(block);
        block[salt.Length + sizeof(int) - 1] = 1;
        block[salt.Length + sizeof(int)] = End;
        BinaryPrimitives.WriteInt32BigEndian(block[^sizeof(int)..], 8 * (BlockBytes + salt.Length + sizeof(int)));
    }

    private static void CompressKey(ReadOnlySpan<byte> blocks, byte pad, Span<T> words, Span<T> state)
    {
        for (var i = 0; i < State; i++)
        {
            state[i] = T.All(Sha512Lanes<T>.Initial[i]);
        }
        Load(blocks, pad, words);
        Sha512Lanes<T>.Compress(state, words);
        words[..State].CopyTo(state);
    }

    private static void Load(ReadOnlySpan<byte> blocks, byte pad, Span<T> words)
    {
        Span<ulong> lanes = stackalloc ulong[T.Count];
        var pads = 0x0101_0101_0101_0101 * (ulong)pad;
        for (var i = 0; i < Block; i++)
        {
            for (var lane = 0; lane < T.Count; lane++)
            {
                lanes[lane] = pads ^ BinaryPrimitives.ReadUInt64BigEndian(blocks[(lane * BlockBytes + i * sizeof(ulong))..]);
            }
            words[i] = T.Load(lanes);
        }
    }

    private static byte[][] Iterate(IReadOnlyList<PasswordDerivation> asked, States states)
    {
        var keys = new byte[asked.Count][];
        var iteration = 0;
        foreach (var end in asked.Select(one => one.Parameters.Iterations).Append(asked[0].Iterations).Distinct().Order())
        {
            for (; iteration < end; iteration++)
            {
                Iterate(states);
            }
            for (var lane = 0; lane < keys.Length; lane++)
            {
                if (asked[lane].Parameters.Iterations == end)
                {
                    keys[lane] = Key(states.Sum, lane)[..asked[lane].Parameters.Length];
                }
            }
        }
        return keys;
    }

    private static void Iterate(States states)
    {
        Sha512Lanes<T>.Compress(states.Inner, states.Words);
        EndDigest(states.Words);
        Sha512Lanes<T>.Compress(states.Outer, states.Words);
        EndDigest(states.Words);
        for (var i = 0; i < State; i++)
        {
            states.Sum[i] ^= states.Words[i];
        }
    }

    /// <summary>A digest in a block of its own, behind HMAC's padded key.</summary>
    private static void EndDigest(Span<T> words)
    {
        words[State] = T.All(1UL << (WordBits - 1));
        words[(State + 1)..(Block - 1)].Clear();
        words[Block - 1] = T.All((Block + State) * WordBits);
    }

    private static byte[] Key(ReadOnlySpan<T> sum, int lane)
    {
        Span<ulong> lanes = stackalloc ulong[T.Count];
        var key = new byte[LongestKey];
        for (var i = 0; i < State; i++)
        {
            sum[i].Store(lanes);
            BinaryPrimitives.WriteUInt64BigEndian(key.AsSpan(i * sizeof(ulong)), lanes[lane]);
        }
        return key;
    }
}
