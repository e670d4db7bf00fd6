using Accounts.Api.Http;

namespace Accounts.Api.Admin;

/// <summary>That second factors will be removed.</summary>
/// <param name="EffectiveAt">When, unless one of them is used before.</param>
public sealed record FactorResetResponse(DateTime EffectiveAt) : IAnswer<FactorResetResponse>
{
    public static FactorResetResponse Example { get; } = new(new DateTime(2026, 1, 16, 9, 30, 0, DateTimeKind.Utc));
}
