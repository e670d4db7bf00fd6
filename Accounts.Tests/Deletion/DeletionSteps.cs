using System.Net.Http.Json;
using Accounts.Core.Deletion;
using Accounts.Tests.Recovery;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Deletion;

/// <summary>Leaving and coming back.</summary>
internal static class DeletionSteps
{
    public const string Me = "/api/auth/me/";

    public static Task<Answer> DeleteAccountAsync(this ApiClient client, string? password = null) =>
        client.SendAsync(HttpMethod.Delete, Me, password is null ? null : JsonContent.Create(new { password }));

    public static Task<Answer> ReturnAsync(this ApiClient client, Person person) =>
        client.PostAsync("/api/auth/login/", new { email = person.Email, password = person.Password, restore = true });

    public static Task<Answer> EraseAsync(this ApiClient client, string token) => client.PostAsync("/api/auth/me/erase/", new { token });

    /// <summary>As if it had been deleted 14 days ago; the next look of a worker erases it.</summary>
    public static async Task LetTimeRunOutAsync(this TestDatabase database, Person person)
    {
        await database.CloseWindowsAsync(person);
        await database.ChangeAsync(person, "erase_after = clock_timestamp()");
    }

    /// <summary>Those whose time is over, without waiting for the worker.</summary>
    public static async Task EraseAllAsync(this TestServer server)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var erasure = scope.ServiceProvider.GetRequiredService<AccountErasure>();
        while (await erasure.EraseNextAsync(TestContext.Current.CancellationToken))
        {
        }
    }

    /// <summary>The token of a mail that was not sent, for races, which need many.</summary>
    public static Task<string> PlantErasureAsync(this TestDatabase database, Person person) => database.PlantTokenAsync(person, "erase");
}
