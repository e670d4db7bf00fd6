using Accounts.Core.Failures;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>A new password for somebody who has an account, and who has shown that it is theirs.</summary>
public sealed class NewPassword(PasswordPolicy policy, PasswordHashing hashing)
{
    /// <param name="errors">what reading the form has found already</param>
    /// <param name="field">that a bad password is reported under</param>
    /// <param name="password">null where it could not be read, which <paramref name="errors"/> tells of</param>
    /// <param name="user">whose own data is no password</param>
    /// <exception cref="InvalidInputException">with every field at fault</exception>
    public void Check(FieldErrors errors, string field, string? password, User user)
    {
        if (password is not null)
        {
            policy.Check(errors, field, password,
                ("username", user.UserName!), ("email address", user.Email!), ("email address", user.Address.LocalPart));
        }
        errors.ThrowIfAny();
    }

    /// <summary>In the places kept for known devices, so that a flood of sign-ins does not keep the owner from getting back in.</summary>
    /// <exception cref="UnavailableException">too many wait already</exception>
    public async Task<string> HashAsync(string password, Device device, CancellationToken cancellation)
    {
        using var place = hashing.Take(device with { IsKnown = true });
        return await hashing.HashAsync(place, password, cancellation);
    }
}
