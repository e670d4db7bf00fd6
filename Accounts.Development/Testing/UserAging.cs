using Accounts.Core.Admin;

namespace Accounts.Development.Testing;

/// <summary>Lets time pass for a user, or for all: their rows are older, and what lies in tokens is over. No clock moves.</summary>
public sealed class UserAging(UserDirectory directory, RowAging rows, AgedTokens tokens)
{
    /// <returns>how many rows of which tables are older</returns>
    /// <exception cref="Core.Failures.InvalidInputException">there is no such user</exception>
    public async Task<IReadOnlyDictionary<string, long>> AgeAsync(AgeForm form, CancellationToken cancellation)
    {
        var user = form.Whose is { } whose ? (await directory.FindAsync(whose, cancellation)).Profile : null;
        var aged = await rows.AgeAsync(user is null ? null : new AgedUser(user.Id, user.Email), form.By, cancellation);
        await tokens.ExpireAsync(user?.Id, cancellation);
        return aged;
    }
}
