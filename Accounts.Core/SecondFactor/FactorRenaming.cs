using Accounts.Core.Failures;

namespace Accounts.Core.SecondFactor;

/// <summary>Giving a second factor another name: by one statement.</summary>
public sealed class FactorRenaming(UserFactors factors)
{
    /// <returns>as it is then</returns>
    /// <exception cref="NotFoundException">it is not one of this user's</exception>
    public async Task<ListedFactor> RenameAsync(Guid userId, Guid id, string name, CancellationToken cancellation) =>
        await factors.RenameAsync(userId, id, name, cancellation) ?? throw new NotFoundException();
}
