using Microsoft.Extensions.DependencyInjection;

namespace Accounts.Core.Data;

/// <summary>What a restored backup must not bring back to life. Each room that keeps such rows says so in its setup.</summary>
/// <param name="What">in words, for whoever watches</param>
/// <param name="Statement">takes a part of them, and none twice; of <c>@began</c>, when it began, and <c>@most</c>, rows at a time, it may make use</param>
public sealed record RestoreRule(string What, string Statement);

public static class RestoreRules
{
    public static IServiceCollection AddRestoreRule(this IServiceCollection services, string what, string statement) =>
        services.AddSingleton(new RestoreRule(what, statement));

    /// <summary>Rows that are of no use without what has been forgotten since.</summary>
    public static IServiceCollection AddRestoreRule(this IServiceCollection services, string table) =>
        services.AddRestoreRule(table, $"DELETE FROM {table} WHERE ctid = ANY (ARRAY (SELECT ctid FROM {table} LIMIT @most))");
}
