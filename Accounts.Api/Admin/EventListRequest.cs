using System.Globalization;
using Accounts.Api.Http;
using Accounts.Core.Admin;
using Accounts.Core.Failures;
using Microsoft.AspNetCore.Mvc;

namespace Accounts.Api.Admin;

/// <summary>Which events are asked for.</summary>
public record EventFilterRequest
{
    /// <summary>As in `kind` of a row.</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary>Whom they happened to; of who is erased, too.</summary>
    [FromQuery(Name = "user")]
    public string? User { get; init; }

    /// <summary>The administrator whose acts they were.</summary>
    [FromQuery(Name = "actor")]
    public string? Actor { get; init; }

    /// <summary>From when on.</summary>
    [FromQuery(Name = "since")]
    public string? Since { get; init; }

    /// <summary>Before when.</summary>
    [FromQuery(Name = "until")]
    public string? Until { get; init; }

    /// <summary>The number behind which to go on, the oldest first.</summary>
    [FromQuery(Name = "after")]
    public string? After { get; init; }

    /// <exception cref="InvalidInputException">something of it cannot be asked for</exception>
    public virtual EventQuery Query()
    {
        var query = new QueryReader();
        var read = Read(query);
        query.Demand();
        return read;
    }

    protected EventQuery Read(QueryReader query) => new()
    {
        Kind = query.Text("kind", Kind),
        UserId = query.Id("user", User),
        ActorId = query.Id("actor", Actor),
        Since = query.Moment("since", Since),
        Until = query.Moment("until", Until),
        After = query.Number("after", After),
    };
}

/// <summary>Which of them, and how many.</summary>
public sealed record EventListRequest : EventFilterRequest
{
    private const int UsualSize = 25;

    /// <summary>The number before which to go on, the newest first.</summary>
    [FromQuery(Name = "before")]
    public string? Before { get; init; }

    /// <summary>How many at once: 25, at most 100.</summary>
    [FromQuery(Name = "page_size")]
    public string? PageSize { get; init; }

    public int Size() => PageNumber.Of(page: null, PageSize, UsualSize).Size;

    public override EventQuery Query()
    {
        var query = new QueryReader();
        var read = Read(query) with { Before = query.Number("before", Before) };
        query.Demand();
        return read;
    }

    /// <summary>The same question, from there on; from the configuration and what was asked for, never from the request's host.</summary>
    /// <param name="request">whose other parameters stay</param>
    /// <param name="address">of the list</param>
    /// <param name="last">of those that have been answered; null where they were the last</param>
    public static string? Next(HttpRequest request, string address, AdministeredEvent? last)
    {
        if (last is null)
        {
            return null;
        }
        var cursor = request.Query.ContainsKey("after") ? "after" : "before";
        var others = request.Query.Where(pair => pair.Key != cursor).SelectMany(pair => pair.Value.Select(value => KeyValuePair.Create(pair.Key, value)));
        return address + QueryString.Create(others.Append(KeyValuePair.Create(cursor, (string?)last.Number!.Value.ToString(CultureInfo.InvariantCulture))));
    }
}
