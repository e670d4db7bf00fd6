using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>Whether saving failed because somebody has what a unique index keeps apart.</summary>
public static class UniqueViolation
{
    /// <param name="e">of the save</param>
    /// <param name="index">that has decided</param>
    public static bool IsTaken(this DbUpdateException e, out string? index)
    {
        var violation = e.InnerException is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } found ? found : null;
        index = violation?.ConstraintName;
        return violation is not null;
    }
}
