using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Data;

/// <summary>
/// What a table holds of a person: what of it they are given when they ask for all that is stored, and what becomes of it when
/// they are erased. Each room says so of its own tables in its setup; a house test asks it of every table and column.
/// </summary>
/// <param name="Table">its name</param>
public sealed record PersonalData(string Table)
{
    /// <summary>The rows of one person, in SQL, whose id is <c>@user</c> and whose address <c>@email</c>.</summary>
    public string Where { get; init; } = "user_id = @user";

    /// <summary>The column that is different in each row of one person, by which many are read in parts.</summary>
    public string Key { get; init; } = "id";

    /// <summary>The columns that the person is given.</summary>
    public required string[] Given { get; init; }

    /// <summary>Those that stay here, and why.</summary>
    public Withheld[] Withheld { get; init; } = [];

    /// <summary>The statement that takes the person out of the rows, of the same parameters; null where the rows go with the user's.</summary>
    public string? Erase { get; init; }
}

/// <param name="Why">in words, for whoever asks</param>
/// <param name="Columns">that are left out</param>
public sealed record Withheld(string Why, params string[] Columns);

/// <summary>A table that holds nothing of a person, or nothing that could be found by who they are.</summary>
/// <param name="Table">its name</param>
/// <param name="Why">in words</param>
public sealed record ImpersonalTable(string Table, string Why);

public static class PersonalDataSetup
{
    public static IServiceCollection AddPersonalData(this IServiceCollection services, PersonalData data) => services.AddSingleton(data);

    public static IServiceCollection AddImpersonalTable(this IServiceCollection services, string table, string why) =>
        services.AddSingleton(new ImpersonalTable(table, why));
}
