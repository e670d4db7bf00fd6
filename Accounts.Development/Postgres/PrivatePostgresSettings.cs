namespace Accounts.Development.Postgres;

/// <summary>What a <see cref="PrivatePostgres"/> is asked to be.</summary>
public sealed record PrivatePostgresSettings
{
    /// <summary>Wanted for the data; a throwaway server chooses its own.</summary>
    public string DataFolder { get; init; } = ".data/postgres";

    /// <summary>The folder of <c>initdb</c> and <c>postgres</c>, when it shouldn't be searched for.</summary>
    public string? BinFolder { get; init; }

    /// <summary>For tests: in memory where there is room, nothing is forced to disk, all is removed at the end.</summary>
    public bool Throwaway { get; init; }

    /// <summary>For a command: one that runs there already is used, and goes on.</summary>
    public bool Joins { get; init; }

    public int MaxConnections { get; init; } = 100;

    /// <summary>PostgreSQL's <c>shared_buffers</c>, in its own words; null for its default.</summary>
    public string? SharedBuffers { get; init; }

    /// <summary>For tests of TLS and passwords, which a socket has no use for: loopback at this port besides.</summary>
    public int? LoopbackPort { get; init; }
}
