using System.Diagnostics;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Sessions;

/// <summary>Sends a request whose work waits for the session's row, cuts the connection, and lets the row go: the work has to be done all the same.</summary>
public static class HangUp
{
    /// <summary>Long enough for a server to notice a reset, and shorter than its statements may wait.</summary>
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(0.7);

    public static async Task WhileLockedAsync(TestServer server, string token, string path, object? body = null)
    {
        await using var held = await HeldTransaction.BeginAsync(server.Database);
        await held.ExecuteAsync("SELECT 1 FROM sessions WHERE id = @id FOR UPDATE", ("id", TokenText.SessionOf(token)));
        await using (var connection = await RawConnection.OpenAsync(server.Address))
        {
            await connection.PostAsync(path, body ?? new { }, $"Host: {server.Address.Authority}", $"Cookie: refresh_token={token}");
            await Until.TrueAsync(async () => await server.Database.BlockedAsync() == 1, "the work waits for the row");
        }
        Assert.True(await StaysBlockedAsync(server.Database), "The work was given up with the request.");
    }

    private static async Task<bool> StaysBlockedAsync(TestDatabase database)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Noticed; await Task.Delay(20))
        {
            if (await database.BlockedAsync() == 0)
            {
                return false;
            }
        }
        return true;
    }
}
