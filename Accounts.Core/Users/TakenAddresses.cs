namespace Accounts.Core.Users;

public static class TakenAddresses
{
    /// <summary>The keys, of those given, of addresses that users have, whether they live or not.</summary>
    public static IQueryable<string> TakenAmong(this IQueryable<User> users, List<string> addresses) =>
        users.Where(user => addresses.Contains(user.NormalizedEmail!)).Select(user => user.NormalizedEmail!);
}
