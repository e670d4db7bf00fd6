using Accounts.Api.Http;
using Accounts.Core.Admin;
using Microsoft.AspNetCore.Mvc;

namespace Accounts.Api.Admin;

/// <summary>What stands behind the question mark of a list of users.</summary>
public sealed record UserListRequest
{
    private const int UsualSize = 25;

    private static readonly Dictionary<string, UserOrdering> Orderings = new()
    {
        ["username"] = UserOrdering.Username, ["email"] = UserOrdering.Email, ["date_joined"] = UserOrdering.DateJoined,
    };

    /// <summary>What a username or an address begins with.</summary>
    [FromQuery(Name = "search")]
    public string? Search { get; init; }

    /// <summary>`false`: who is deactivated now.</summary>
    [FromQuery(Name = "is_active")]
    public string? Active { get; init; }

    /// <summary>That they hold.</summary>
    [FromQuery(Name = "role")]
    public string? Role { get; init; }

    /// <summary>Whether their address is.</summary>
    [FromQuery(Name = "verified")]
    public string? Verified { get; init; }

    /// <summary>`username`, `email` or `date_joined`; with `-` the other way round.</summary>
    [FromQuery(Name = "ordering")]
    public string? Ordering { get; init; }

    /// <summary>From 1 on; 404 behind the last.</summary>
    [FromQuery(Name = "page")]
    public string? Page { get; init; }

    /// <summary>How many are on one: 25, at most 100.</summary>
    [FromQuery(Name = "page_size")]
    public string? PageSize { get; init; }

    public PageNumber PageNumber() => Http.PageNumber.Of(Page, PageSize, UsualSize);

    /// <exception cref="Core.Failures.InvalidInputException">something of it cannot be asked for</exception>
    public UserQuery Query()
    {
        var query = new QueryReader();
        var ordering = query.Choice("ordering", Ordering, [.. Orderings.Keys, .. Orderings.Keys.Select(name => $"-{name}")]);
        var read = new UserQuery
        {
            Search = query.Text("search", Search),
            Active = query.Boolean("is_active", Active),
            Verified = query.Boolean("verified", Verified),
            Role = query.Text("role", Role),
            Ordering = ordering is null ? UserOrdering.DateJoined : Orderings[ordering.TrimStart('-')],
            Descending = ordering?.StartsWith('-') ?? true,
        };
        query.Demand();
        return read;
    }
}
