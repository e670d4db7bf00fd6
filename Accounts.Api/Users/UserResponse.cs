using Accounts.Core.Users;

namespace Accounts.Api.Users;

/// <summary>A user as <c>me</c> and a sign-in show it.</summary>
public sealed record UserResponse(
    Guid Id, string Username, string Email, bool EmailVerified, string[] Providers,
    string FirstName, string LastName, string[] Roles, bool HasPassword, DateTime DateJoined)
{
    public static UserResponse Of(UserProfile user) => new(
        user.Id, user.Username, user.Email, user.EmailVerified, user.Providers,
        user.FirstName, user.LastName, user.Roles, user.HasPassword, user.DateJoined.UtcDateTime);
}
