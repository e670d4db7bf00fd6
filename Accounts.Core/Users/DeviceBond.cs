namespace Accounts.Core.Users;

/// <summary>What a device is known by, as long as the user's ways in and sessions are those of then: a new password, "everywhere" and a disowning end it.</summary>
/// <param name="UserId">who has signed in on it</param>
/// <param name="Stamp">changes with the password</param>
/// <param name="Epoch">changes when all sessions end</param>
public sealed record DeviceBond(Guid UserId, string Stamp, long Epoch)
{
    public static DeviceBond Of(User user) => new(user.Id, user.SecurityStamp!, user.SessionsEpoch);

    public override string ToString() => $"DeviceBond of user {UserId}";
}
