using Npgsql;

namespace Accounts.Core.Sessions;

internal static class SessionParameters
{
    /// <summary>The durations that <see cref="SessionLifetime"/> compares with.</summary>
    public static void AddLifetimes(this NpgsqlCommand command, SessionOptions options)
    {
        command.Parameters.AddWithValue("idle", options.IdleLifetime);
        command.Parameters.AddWithValue("transient_idle", SessionOptions.TransientIdleLifetime);
        command.Parameters.AddWithValue("absolute", options.AbsoluteLifetime);
    }
}
