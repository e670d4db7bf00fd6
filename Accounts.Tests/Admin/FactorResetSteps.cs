using Accounts.Core.SignIn.FactorResets;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Admin;

/// <summary>The steps of a reset of second factors.</summary>
internal static class FactorResetSteps
{
    public const string Asked = "will be removed", Cancelled = "second factors at localhost stay", Done = "second factors at localhost were removed";

    public static Task<Answer> ResetFactorsAsync(this ApiClient admin, string address) => admin.PostAsync($"{address}reset-factors/");

    /// <summary>As if it had been asked for a day ago.</summary>
    public static Task<int> LetResetBeDueAsync(this TestDatabase database, Person person) => database.ExecuteAsync(
        "UPDATE factor_resets r SET effective_at = clock_timestamp() FROM users u WHERE u.id = r.user_id AND u.email = @email", ("email", person.Email));

    public static Task<long> FactorResetsAsync(this TestDatabase database, Person person) =>
        database.CountAsync("factor_resets r JOIN users u ON u.id = r.user_id", "u.email = @email", ("email", person.Email));

    /// <summary>Those that are due, without waiting for the worker.</summary>
    public static async Task CarryOutResetsAsync(this TestServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var due = scope.ServiceProvider.GetRequiredService<DueFactorResets>();
        while (await due.CarryOutNextAsync(TestContext.Current.CancellationToken))
        {
        }
    }
}
