using System.Runtime.CompilerServices;
using Accounts.Core.Users;
using Npgsql;

namespace Accounts.Core.Checkup;

/// <summary>Whether anybody administers: a fresh server has nobody, and nobody can make themselves one.</summary>
public sealed class AdministratorsCheck(NpgsqlDataSource database) : ICheck
{
    public string Name => "admins";

    public string WhenWell => "Somebody administers.";

    public async IAsyncEnumerable<Fault> LookAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var command = database.CreateCommand($"SELECT {Administrators.AnySql}");
        command.Parameters.AddWithValue("role", User.Administrator);
        if (await command.ExecuteScalarAsync(cancellation) is not true)
        {
            yield return Fault.Warning("Nobody administers: create-admin EMAIL makes the first one, where anybody should.");
        }
    }
}
