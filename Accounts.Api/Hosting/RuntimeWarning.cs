using System.Reflection;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Accounts.Api.Hosting;

/// <summary>
/// Warns of an ASP.NET Core whose Kestrel misreads some chunked bodies, so that a request can be smuggled past a proxy
/// (CVE-2025-55315; mended in 8.0.21, 9.0.10 and 10.0.0).
/// </summary>
public sealed partial class RuntimeWarning(ILogger<RuntimeWarning> log)
{
    /// <summary>The README names it too. A preview of it is older than it.</summary>
    public static readonly Version Oldest = new(10, 0, 0);

    public void WarnIfOld()
    {
        if (IsTooOld(Running))
        {
            LogTooOld(Text(Running));
        }
    }

    /// <summary>The version that this process runs on.</summary>
    public static string Running { get; } =
        typeof(KestrelServer).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0.0";

    public static string Text(string running) => $"ASP.NET Core {running} lets requests be smuggled (CVE-2025-55315): update the runtime to {Oldest} or newer.";

    /// <param name="version">as the assembly tells it: <c>10.0.0-rc.1.25451.107+95017c7</c></param>
    public static bool IsTooOld(string version)
    {
        var parts = version.Split('+')[0].Split('-', 2);
        return !Version.TryParse(parts[0], out var number) || number < Oldest || (number == Oldest && parts.Length > 1);
    }

    [LoggerMessage(LogLevel.Warning, "{Text}")]
    private partial void LogTooOld(string text);
}
