using System.Data;
using Accounts.Core.Data;
using Accounts.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Accounts.Tests.Data;

/// <summary>Clients that are gone before their request is done with the database.</summary>
[Trait("Pace", "slow")]
public sealed class HangUpTests(Postgres postgres)
{
    private const int Requests = 8;

    /// <summary>
    /// Who hangs up while the password is hashed is cancelled where the transaction begins. A context of EF Core's pool
    /// counts its connection as open from then on, and in later requests keeps it for as long as they hash.
    /// </summary>
    [Fact]
    public async Task Requests_that_are_cancelled_where_a_transaction_begins_leave_later_ones_no_connection_to_keep()
    {
        await using var server = await TestServer.StartAsync(postgres);
        for (var i = 0; i < Requests; i++)
        {
            await InRequestAsync(server, db => Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => db.Database.BeginTransactionAsync(new CancellationToken(canceled: true))));
        }
        for (var i = 0; i < Requests; i++)
        {
            await InRequestAsync(server, async db =>
            {
                await db.ReadClockAsync(CancellationToken.None);
                Assert.Equal(ConnectionState.Closed, db.Database.GetDbConnection().State);
            });
        }
    }

    private static async Task InRequestAsync(TestServer server, Func<AccountsDb, Task> act)
    {
        await using var request = server.Services.CreateAsyncScope();
        await act(request.ServiceProvider.GetRequiredService<AccountsDb>());
    }
}
