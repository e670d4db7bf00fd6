using Accounts.Core.SignIn;
using Accounts.Core.Users;

namespace Accounts.Core.SecondFactor;

/// <summary>What a user has beside their ways in.</summary>
/// <param name="Factors">by the words of their kinds</param>
/// <param name="CodesLeft">recovery codes that have not been used</param>
/// <param name="Required">whether the last factor must stay</param>
public sealed record ListedFactors(Dictionary<string, ListedFactor[]> Factors, int CodesLeft, bool Required);

/// <summary>The second factors of a user, as they see them.</summary>
public sealed class FactorList(UserFactors factors, RecoveryCodes codes, FactorRequirement requirement)
{
    public async Task<ListedFactors> ReadAsync(UserProfile user, CancellationToken cancellation) =>
        new(await factors.ListAsync(user.Id, cancellation), await codes.LeftAsync(user.Id, cancellation), requirement.Holds(user.Roles));
}
