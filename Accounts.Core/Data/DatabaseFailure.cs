using System.Security.Authentication;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>Why the database cannot be used, in words that lead to the cause; what Npgsql says of TLS does not. Of several hosts, why none of them can.</summary>
public static class DatabaseFailure
{
    private const string NoTls = "No SSL enabled connection";

    /// <summary>
    /// How the SQLSTATEs begin: it ends, was told to end a statement or a transaction, has no disk, memory or connection, cannot
    /// read or write its files, only reads; and a password changed there and not here yet, another server in its place.
    /// </summary>
    private static readonly string[] AwayClasses = ["57P", PostgresErrorCodes.QueryCanceled, "25P03", "53", "58", PostgresErrorCodes.ReadOnlySqlTransaction, "28", "3D"];

    public static string Reason(Exception failure) => failure switch
    {
        NpgsqlException { InnerException: AuthenticationException { InnerException: null } } =>
            "its certificate is not trusted: one of the authorities in Root Certificate (without it, the system's) must have signed it, and it must bear the name in Host.",
        NpgsqlException when failure.Message.Contains(NoTls, StringComparison.Ordinal) =>
            "it offers no TLS, which the SSL Mode in ConnectionStrings__Accounts (VerifyFull where it says none) demands: switch ssl on there.",
        NpgsqlException { InnerException: TimeoutException } => "it does not answer in time.",
        NpgsqlException { InnerException: AggregateException each } => string.Join(" Then: ", each.InnerExceptions.Select(Reason).Distinct()),
        NpgsqlException { InnerException: { } cause } => $"{failure.Message.TrimEnd('.')}: {cause.Message}",
        _ => failure.Message,
    };

    /// <summary>The same as a sentence on one line, for another to follow: PostgreSQL ends none, and says on further lines where in a statement it stood.</summary>
    public static string Sentence(Exception failure) => $"{Reason(failure).Split('\n')[0].TrimEnd('.')}.";

    /// <summary>
    /// A connection that fails or is refused, a statement that takes too long, a server that restarts, has no room or does not write:
    /// to be tried again later; null where it is anything else.
    /// </summary>
    public static Exception? Away(Exception exception) => exception switch
    {
        PostgresException { IsTransient: false } e when !AwayClasses.Any(begin => e.SqlState.StartsWith(begin, StringComparison.Ordinal)) => null,
        NpgsqlException or TimeoutException => exception,
        DbUpdateException { InnerException: { } inner } => Away(inner),
        // The strategy that would try again, and does not, wraps what it was told.
        InvalidOperationException { InnerException: NpgsqlException or DbUpdateException } => Away(exception.InnerException),
        _ => null,
    };

    /// <summary>Somebody else held a row or a lock for longer than is waited.</summary>
    public static bool IsHeld(Exception exception) => Away(exception) is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable };

    /// <summary>What a standby or a demoted primary says, and one that its administrator, or a guard of its disk, lets nobody write to.</summary>
    public static bool IsReadOnly(Exception exception) => Away(exception) is PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction };
}
