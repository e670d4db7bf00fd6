using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Accounts.Core.Throttling;

/// <summary>So many in a minute, a quarter of an hour, an hour or a day, from the first of them on, counted by one statement: of any number at once it lets the limit through.</summary>
internal static class CountedWindow
{
    /// <summary>A row where one more is let in, which is counted, with its number; none where the window is full.</summary>
    /// <param name="name">minute, quarter, hour or day</param>
    /// <param name="condition">without which nothing is counted</param>
    public static string Statement(string name, string condition = "true") => $"""
        INSERT INTO throttle_counters AS c (key, count, expires_at)
        SELECT @{name}, 1, clock_timestamp() + interval '{LengthOf(name)}' WHERE {condition}
        ON CONFLICT (key) DO UPDATE SET
            count = CASE WHEN c.expires_at <= clock_timestamp() THEN 1 ELSE c.count + 1 END,
            expires_at = CASE WHEN c.expires_at <= clock_timestamp() THEN clock_timestamp() + interval '{LengthOf(name)}' ELSE c.expires_at END
        WHERE c.expires_at <= clock_timestamp() OR c.count < @per_{name}
        RETURNING c.count
        """;

    private static string LengthOf(string name) => name == "quarter" ? "15 minutes" : $"1 {name}";

    public static byte[] Key(string counted) => SHA256.HashData(Encoding.UTF8.GetBytes(counted));

    public static void AddTo(NpgsqlCommand command, string name, byte[] key, int limit)
    {
        command.Parameters.AddWithValue(name, key);
        command.Parameters.AddWithValue($"per_{name}", limit);
    }
}
