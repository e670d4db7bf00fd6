namespace Accounts.Core.Admin;

/// <summary>By what a list of users is in order.</summary>
public enum UserOrdering
{
    DateJoined,
    Username,
    Email,
}

/// <summary>Which users an administrator looks for; null for whichever.</summary>
public sealed record UserQuery
{
    /// <summary>What a username or an address begins with.</summary>
    public string? Search { get; init; }

    public bool? Active { get; init; }

    public bool? Verified { get; init; }

    public string? Role { get; init; }

    /// <summary>Whether there is a search and nothing else.</summary>
    public bool SearchesAlone => Search is not null && (Active, Verified, Role) == (null, null, null);

    public UserOrdering Ordering { get; init; }

    public bool Descending { get; init; }

    public override string ToString() => nameof(UserQuery);
}

/// <summary>Some of the users, and how many there are: exact up to 10,000, an estimate above.</summary>
public sealed record UserPage(long Count, AdministeredUser[] Users);
