namespace Accounts.Core.Failures;

/// <summary>Somebody has the address that a provider names; who proves to be them may add the identity.</summary>
/// <param name="linkToken">for adding it with the password; null where that is not possible</param>
/// <param name="methods">the user's ways to sign in</param>
public sealed class AccountExistsException(string? linkToken, string[] methods) : AccountsException(ErrorCode.AccountExists)
{
    public string? LinkToken { get; } = linkToken;

    public string[] Methods { get; } = methods;
}
