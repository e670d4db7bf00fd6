using Microsoft.Extensions.Options;
using SessionOptions = Accounts.Core.Sessions.SessionOptions;

namespace Accounts.Api.Hosting;

/// <summary>Tells at the start of what is allowed and has its price.</summary>
public sealed partial class SettingsWarnings(IOptions<SessionOptions> sessions, ILogger<SettingsWarnings> log)
{
    private static readonly TimeSpan LongestUsual = TimeSpan.FromHours(1);

    public void Tell()
    {
        if (sessions.Value.AccessTokenLifetime > LongestUsual)
        {
            LogLongLived(sessions.Value.AccessTokenLifetime);
        }
    }

    [LoggerMessage(LogLevel.Warning,
        "Accounts__Sessions__AccessTokenLifetime is {Lifetime}: services that check tokens by themselves let somebody in for so long after the session has ended. An hour at most is usual.")]
    private partial void LogLongLived(TimeSpan lifetime);
}
