using Accounts.Core.Secrets;

namespace Accounts.Core.SecondFactor;

/// <summary>
/// What stands for a second factor that is lost: 80 random bits, good once. Like a token it needs neither salt nor a slow hash: nobody goes
/// through them.
/// </summary>
public sealed class RecoveryCode
{
    /// <summary>Of one set.</summary>
    public const int InASet = 10;

    /// <summary>In bytes.</summary>
    public const int Length = 10;

    private const int Group = 4;

    private RecoveryCode()
    {
    }

    public Guid UserId { get; private set; }

    public byte[] Hash { get; private set; } = [];

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset? UsedAt { get; private set; }

    /// <param name="userId">whose it is</param>
    /// <param name="random">of <see cref="Length"/></param>
    /// <param name="now">the database's time</param>
    /// <param name="text">to be shown once: the row keeps its hash</param>
    public static RecoveryCode Of(Guid userId, ReadOnlySpan<byte> random, DateTimeOffset now, out string text)
    {
        var code = Base32.Encode(random);
        text = string.Join('-', code.Chunk(Group).Select(group => new string(group)));
        return new RecoveryCode { UserId = userId, Hash = HashOf(code), CreatedAt = now };
    }

    /// <summary>As it is kept, of a code as people type it: in either case, in groups or not.</summary>
    public static byte[] HashOf(string typed) => OpaqueToken.Hash(string.Concat(typed.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant());
}
