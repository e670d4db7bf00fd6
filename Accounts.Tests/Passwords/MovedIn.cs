using Accounts.Core.Passwords;
using Accounts.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Passwords;

/// <summary>Users with hashes of somewhere else.</summary>
internal static class MovedIn
{
    /// <summary>One user for each, of whom the decoys know; nobody else has a password.</summary>
    public static async Task<Person[]> MoveInAsync(this TestServer server, params string[] hashes)
    {
        using var client = server.Client();
        await server.Database.ExecuteAsync("UPDATE users SET password_hash = NULL");
        var people = new List<Person>();
        foreach (var hash in hashes)
        {
            var person = await client.RegisterSomebodyAsync();
            Assert.Equal(1, await server.Database.PlantHashAsync(person, hash));
            people.Add(person);
        }
        await server.Services.GetRequiredService<DecoyWorker>().CountAsync(CancellationToken.None);
        return [.. people];
    }
}
