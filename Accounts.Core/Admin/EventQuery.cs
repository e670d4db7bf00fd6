namespace Accounts.Core.Admin;

/// <summary>Which events an administrator looks for; null for whichever.</summary>
public sealed record EventQuery
{
    public string? Kind { get; init; }

    /// <summary>Whom they happened to.</summary>
    public Guid? UserId { get; init; }

    /// <summary>The administrator whose acts they were.</summary>
    public Guid? ActorId { get; init; }

    public DateTimeOffset? Since { get; init; }

    /// <summary>Before which.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>The number after which.</summary>
    public long? After { get; init; }

    /// <summary>The number before which.</summary>
    public long? Before { get; init; }
}
