using System.Text.Json;

namespace Accounts.Core.SecondFactor.Changes;

/// <summary>What is kept with a change of factors that may be undone.</summary>
internal sealed record KeptFactors
{
    /// <summary>Of the factor that was added.</summary>
    public Guid Id { get; init; }

    /// <summary>The word of the kind of the factor that was removed.</summary>
    public string Way { get; init; } = "";

    /// <summary>What brings that one back.</summary>
    public byte[] Kept { get; init; } = [];

    /// <summary>Recovery codes of before; none where they stayed.</summary>
    public KeptCode[] Codes { get; init; } = [];

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this);

    public static KeptFactors Read(byte[] kept) => JsonSerializer.Deserialize<KeptFactors>(kept)!;

    public override string ToString() => nameof(KeptFactors);
}
