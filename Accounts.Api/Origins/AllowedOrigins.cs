using Accounts.Core.Settings;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Origins;

/// <summary>Which origins may call us: compared with the configuration, exactly, and never with a request's Host.</summary>
public sealed partial class AllowedOrigins
{
    private const int LongestTold = 200;

    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> listed;
    private readonly bool anyOfThisMachine;
    private readonly TimeProvider time;
    private readonly ILogger<AllowedOrigins> log;
    private long toldAt;

    public AllowedOrigins(
        IOptions<OriginOptions> options, IOptions<SiteOptions> site, IHostEnvironment environment, TimeProvider time, ILogger<AllowedOrigins> log)
    {
        listed = SettingsSetup.Parts(options.Value.AllowedOrigins).Append(site.Value.Origin).ToHashSet(StringComparer.Ordinal);
        anyOfThisMachine = environment.IsDevelopment();
        (this.time, this.log) = (time, log);
    }

    public bool Contains(string origin) => listed.Contains(origin) || (anyOfThisMachine && IsOfThisMachine(origin));

    private static bool IsOfThisMachine(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri is { Scheme: "http", Host: "localhost" or "127.0.0.1" or "[::1]" }
        && (origin == $"http://{uri.Host}:{uri.Port}" || origin == $"http://{uri.Host}");

    /// <summary>As <see cref="Contains"/>, of somebody who calls: that one was refused is told in the log, for the browser tells nobody why.</summary>
    public bool Admits(string origin)
    {
        if (Contains(origin))
        {
            return true;
        }
        if (origin.Length <= LongestTold && SettingsSetup.IsOrigin(origin) && IsTimeToTell())
        {
            LogRefused(origin);
        }
        return false;
    }

    /// <summary>Once a minute, whoever calls: anybody can name any origin.</summary>
    private bool IsTimeToTell()
    {
        var (last, now) = (Interlocked.Read(ref toldAt), time.GetTimestamp());
        return (last == 0 || time.GetElapsedTime(last, now) >= Quiet) && Interlocked.CompareExchange(ref toldAt, now, last) == last;
    }

    [LoggerMessage(LogLevel.Warning, "A page of {Origin} called and was refused. If it is a front end of yours, add it to Accounts__AllowedOrigins.")]
    private partial void LogRefused(string origin);
}
