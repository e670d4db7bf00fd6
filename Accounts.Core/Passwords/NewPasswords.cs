using Accounts.Core.Failures;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>Turns a new password into what is stored, if it is one for that user.</summary>
public sealed class NewPasswords(PasswordPolicy policy, PasswordHashing hashing)
{
    /// <exception cref="InvalidInputException">it is no password for this user</exception>
    public void Demand(NewPassword password, User user)
    {
        if (policy.Mistake(password, user.UserName!, user.Address) is { } mistake)
        {
            var errors = new FieldErrors();
            errors.Add(password.Field, mistake);
            throw new InvalidInputException(errors);
        }
    }

    /// <param name="password">the one to be</param>
    /// <param name="user">whose it will be</param>
    /// <param name="device">that waits; a known one has places of its own</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="InvalidInputException">it is no password for this user</exception>
    /// <exception cref="UnavailableException">too many wait already</exception>
    public async Task<string> HashAsync(NewPassword password, User user, Device device, CancellationToken cancellation)
    {
        Demand(password, user);
        using var place = hashing.Take(device);
        return await hashing.HashAsync(place, password.Text, cancellation);
    }
}
