namespace Accounts.Core.Passwords.Hashing;

/// <summary>What becomes of a hash that comes from somewhere else: it is kept, or it is none, or it is refused.</summary>
/// <param name="Stored">what goes into <c>password_hash</c>; null where there is nothing to keep</param>
/// <param name="Refusal">in words, without anything of the hash but its numbers; null where it is not refused</param>
public sealed record HashJudgement(string? Stored, string? Refusal)
{
    /// <summary>The user has no password.</summary>
    public static readonly HashJudgement None = new(null, null);

    public bool IsNone => Stored is null && Refusal is null;

    /// <summary>Whether it protects so little that its owner is asked for a new password at the first sign-in.</summary>
    public bool WantsReset => Stored is not null && StoredHash.IsBare(Stored);

    public static HashJudgement Kept(string stored) => new(stored, null);

    public static HashJudgement Refused(string reason) => new(null, reason);

    public override string ToString() => IsNone ? nameof(None) : Refusal ?? nameof(Kept);
}
