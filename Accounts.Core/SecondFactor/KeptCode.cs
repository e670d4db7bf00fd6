namespace Accounts.Core.SecondFactor;

/// <summary>A recovery code, as it is kept with a change that may be undone.</summary>
internal sealed record KeptCode(byte[] Hash, DateTimeOffset CreatedAt, DateTimeOffset? UsedAt);
