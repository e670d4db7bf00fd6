using Accounts.Core.Data.Mappings;
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

    /// <summary>Somebody has the address, or may have it back.</summary>
    public static bool IsTakenAddress(this DbUpdateException e) => e.IsTaken(out var index) && index is UserMapping.EmailIndex or UserMapping.ReservedEmail;

    /// <summary>Nobody has the address, and who had it may have it back.</summary>
    public static bool IsReservedAddress(this DbUpdateException e) => e.IsTaken(out var index) && index == UserMapping.ReservedEmail;
}
