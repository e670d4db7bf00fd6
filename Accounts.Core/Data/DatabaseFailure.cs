using System.Security.Authentication;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>Why the database cannot be used, in words that lead to the cause; what Npgsql says of TLS does not. Of several hosts, why none of them can.</summary>
public static class DatabaseFailure
{
    private const string NoTls = "No SSL enabled connection";

    public static string Reason(Exception failure) => failure switch
    {
        NpgsqlException { InnerException: AuthenticationException { InnerException: null } } =>
            "its certificate is not trusted: one of the authorities in Root Certificate (without it, the system's) must have signed it, and it must bear the name in Host.",
        NpgsqlException when failure.Message.Contains(NoTls, StringComparison.Ordinal) =>
            "it offers no TLS, which the SSL Mode in ConnectionStrings__Accounts (VerifyFull where it says none) demands: switch ssl on there.",
        NpgsqlException { InnerException: AggregateException each } => string.Join(" Then: ", each.InnerExceptions.Select(Reason).Distinct()),
        NpgsqlException { InnerException: { } cause } => $"{failure.Message.TrimEnd('.')}: {cause.Message}",
        _ => failure.Message,
    };

    /// <summary>
    /// A connection that fails or is refused, a statement that takes too long, a server that restarts or cannot write: to be tried again later;
    /// null where it is anything else.
    /// </summary>
    public static Exception? Away(Exception exception) => exception switch
    {
        PostgresException { IsTransient: false } e when !IsShutdown(e) && !IsRefusal(e) && !RefusesToWrite(e) => null,
        NpgsqlException or TimeoutException => exception,
        DbUpdateException { InnerException: { } inner } => Away(inner),
        // The strategy that would try again, and does not, wraps what it was told.
        InvalidOperationException { InnerException: NpgsqlException or DbUpdateException } => Away(exception.InnerException),
        _ => null,
    };

    /// <summary>A standby or a primary that was demoted (25006), a full disk and its kind (class 53), a disk that fails (class 58).</summary>
    public static bool RefusesToWrite(Exception? exception) => exception switch
    {
        PostgresException e => e.SqlState == PostgresErrorCodes.ReadOnlySqlTransaction || IsOf(e, "58") || (IsOf(e, "53") && e.SqlState != PostgresErrorCodes.TooManyConnections),
        _ => exception?.InnerException is { } inner && RefusesToWrite(inner),
    };

    private static bool IsOf(PostgresException e, string kind) => e.SqlState.StartsWith(kind, StringComparison.Ordinal);

    private static bool IsShutdown(PostgresException e) =>
        IsOf(e, "57P") || e.SqlState == PostgresErrorCodes.QueryCanceled;

    /// <summary>Classes 28 and 3D: a password changed there and not here yet, another server in its place.</summary>
    private static bool IsRefusal(PostgresException e) =>
        IsOf(e, "28") || IsOf(e, "3D");
}
