using Accounts.Core.Failures;
using Accounts.Core.Passwords.Hashing;
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

    /// <summary>For whoever signs up.</summary>
    /// <exception cref="InvalidInputException">it is no password for this user</exception>
    /// <exception cref="UnavailableException">too many wait already, or for too long</exception>
    public async Task<string> HashAsync(NewPassword password, User user, Device device, CancellationToken cancellation)
    {
        Demand(password, user);
        using var place = hashing.Take(HashingParty.Anybody(device));
        return await HashAsync(place, password, cancellation);
    }

    /// <summary>
    /// For who has proved to be the user, before all others but known devices: a flood of sign-ins keeps nobody from a
    /// new password. Whatever let them in is to be looked at after this, and the place to be kept until the password is saved: so
    /// it is good for one hash, however many come with it at once.
    /// </summary>
    /// <exception cref="UnavailableException">too many wait already, or for too long</exception>
    public async Task<HashingPlace> TakeTurnAsync(User user, Device device, CancellationToken cancellation)
    {
        var place = hashing.Take(HashingParty.Proven(device, user.Id));
        try
        {
            await place.TurnAsync(cancellation);
            return place;
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    /// <param name="place">taken for its user</param>
    /// <param name="password">that has been demanded</param>
    /// <param name="cancellation">ends the wait</param>
    /// <exception cref="UnavailableException">it could not begin in time</exception>
    public Task<string> HashAsync(HashingPlace place, NewPassword password, CancellationToken cancellation) =>
        hashing.HashAsync(place, password.Text, cancellation);
}
