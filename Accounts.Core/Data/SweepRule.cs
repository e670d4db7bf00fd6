using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Data;

/// <summary>What may go of a table. Each room that keeps rows for a time says so in its setup.</summary>
/// <param name="Table">its name</param>
/// <param name="Over">the condition, in SQL, of a row that has had its time</param>
public sealed record SweepRule(string Table, string Over)
{
    /// <summary>What is written before into rows that something else has decided about already; null for nothing.</summary>
    public SweepMark? Mark { get; init; }

    /// <summary>A statement that tells of each row that goes, from <c>gone (id)</c>; null where it is nobody's affair.</summary>
    public string? Told { get; init; }
}

/// <param name="Set">what is written, and from which other table</param>
/// <param name="Where">the rows that it is written into</param>
public sealed record SweepMark(string Set, string Where);

public static class SweepRules
{
    public static IServiceCollection AddSweepRule(this IServiceCollection services, string table, string over, string? told = null) =>
        services.AddSingleton(new SweepRule(table, over) { Told = told });
}
