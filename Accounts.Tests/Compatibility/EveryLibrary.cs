using Accounts.Tests.Support;

namespace Accounts.Tests.Compatibility;

/// <summary>A server with the paths of every library.</summary>
public sealed class EveryLibrary(Postgres postgres) : SharedServer(postgres, Enabled)
{
    public static readonly (string Key, string Value) Enabled = ("Accounts:Compatibility:Enabled", "dj-rest-auth,djoser,simplejwt,flask");

    /// <summary>A page that may have no token in bodies.</summary>
    public static readonly (string Name, string Value) Page = ("Origin", "http://localhost:3000");
}
