using System.Runtime.CompilerServices;

namespace Accounts.Tests.Support;

/// <summary>No server of the tests looks whether its settings' files change: each would hold a watch until it is collected, and a user has 128.</summary>
internal static class WatchedFiles
{
    [ModuleInitializer]
    internal static void WatchNone() => Environment.SetEnvironmentVariable("DOTNET_hostBuilder__reloadConfigOnChange", "false");
}
