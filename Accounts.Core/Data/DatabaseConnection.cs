using System.Net;
using Accounts.Core.Settings;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Accounts.Core.Data;

/// <summary>
/// The connection string of every connection. Npgsql's own default (Prefer) takes any certificate, and plaintext where
/// it is offered nothing better; outside Development a server on another machine must prove that it is the one.
/// </summary>
public sealed class DatabaseConnection(string setting, IHostEnvironment environment)
{
    public string ConnectionString { get; } = environment.IsDevelopment() ? setting : Proven(setting);

    private static string Proven(string setting)
    {
        var connection = new NpgsqlConnectionStringBuilder(setting);
        if (!SaysMode(connection) && !IsHere(connection))
        {
            connection.SslMode = SslMode.VerifyFull;
        }
        return connection.ConnectionString;
    }

    /// <summary>Outside Development: null when the server is here or must prove itself; else what is wrong and what to write.</summary>
    public static string? Mistake(NpgsqlConnectionStringBuilder connection, DatabaseOptions options)
    {
        if (!SaysMode(connection) || IsHere(connection))
        {
            return null;
        }
        return connection.SslMode switch
        {
            SslMode.VerifyFull => null,
            SslMode.VerifyCA when connection.RootCertificate is { Length: > 0 } => null,
            SslMode.VerifyCA => "has SSL Mode=VerifyCA without Root Certificate, which believes whoever has a certificate of a public authority: write SSL Mode=VerifyFull.",
            SslMode.Prefer or SslMode.Allow => $"has SSL Mode={connection.SslMode}, which falls back to plaintext without a word: write SSL Mode=VerifyFull, and Root Certificate=/path/to/ca.pem where the authority is your own.",
            _ when options.AllowUnverified => null,
            _ => $"has SSL Mode={connection.SslMode}, which does not prove that {connection.Host} is your database: write SSL Mode=VerifyFull, and Root Certificate=/path/to/ca.pem where the authority is your own; or set Accounts__Database__AllowUnverified=true if the network in between is private.",
        };
    }

    /// <summary>Null when it is one host, or one is chosen that writes; else what is wrong and what to write.</summary>
    public static string? Undecided(NpgsqlConnectionStringBuilder connection) =>
        Hosts(connection).Length < 2 || connection.TargetSessionAttributes?.ToLowerInvariant() is "primary" or "read-write"
            ? null
            : "has several hosts and takes the first that answers, be it a standby, to which nothing can be written: add Target Session Attributes=primary.";

    /// <summary>One of the hosts at least; TCP's options are not for it.</summary>
    public static bool IsBySocket(NpgsqlConnectionStringBuilder connection) => Hosts(connection).Any(IsSocket);

    private static bool SaysMode(NpgsqlConnectionStringBuilder connection) => connection.ShouldSerialize("SSL Mode");

    /// <summary>By a socket's folder or over loopback; of several hosts, all.</summary>
    private static bool IsHere(NpgsqlConnectionStringBuilder connection) =>
        Hosts(connection).All(host => IsSocket(host) || IsLoopback(host));

    private static string[] Hosts(NpgsqlConnectionStringBuilder connection) => [.. SettingsSetup.Parts(connection.Host ?? "")];

    private static bool IsSocket(string host) => host[0] is '/' or '@';

    private static bool IsLoopback(string host) => IPEndPoint.TryParse(host, out var place)
        ? IPAddress.IsLoopback(place.Address)
        : host.Split(':')[0].Equals("localhost", StringComparison.OrdinalIgnoreCase);
}
