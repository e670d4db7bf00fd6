namespace Accounts.Development;

/// <summary>What only Development uses: section <c>Accounts:Dev</c>.</summary>
public sealed class DevelopmentOptions
{
    /// <summary>Set by the start itself when it runs the private PostgreSQL.</summary>
    public const string PrivateDatabaseKey = "Development:PrivateDatabase";

    /// <summary>Shows <c>/dev/*</c> also where the database is not the private one.</summary>
    public bool Tools { get; set; }

    /// <summary>The file of settings that is read beneath the environment; <c>.env</c> beside Accounts.sln where it is not set.</summary>
    public string EnvFile { get; set; } = ".env";

    /// <summary>The folder of PostgreSQL's <c>initdb</c> and <c>postgres</c>; searched for where empty.</summary>
    public string PostgresBin { get; set; } = "";
}
