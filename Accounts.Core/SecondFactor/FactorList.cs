namespace Accounts.Core.SecondFactor;

/// <summary>What a user has beside their ways in.</summary>
/// <param name="Factors">by the words of their kinds</param>
/// <param name="CodesLeft">recovery codes that have not been used</param>
public sealed record ListedFactors(Dictionary<string, ListedFactor[]> Factors, int CodesLeft);

/// <summary>The second factors of a user, as they see them.</summary>
public sealed class FactorList(UserFactors factors, RecoveryCodes codes)
{
    public async Task<ListedFactors> ReadAsync(Guid userId, CancellationToken cancellation) =>
        new(await factors.ListAsync(userId, cancellation), await codes.LeftAsync(userId, cancellation));
}
