using Accounts.Core.Settings;

namespace Accounts.Api.Hosting;

/// <summary>How the process behaves among others: section <c>Accounts</c>.</summary>
public sealed class ServerOptions
{
    public static readonly TimeSpan LongestShutdownDelay = TimeSpan.FromMinutes(1);

    /// <summary>After the signal to stop, for so long <c>/readyz</c> is red while requests are still answered: time for a load balancer to look elsewhere. None in Development.</summary>
    public TimeSpan ShutdownDelay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>A folder with a file for each setting that is not to stand in the environment, named as the variable would be. A file wins over a variable.</summary>
    public string SecretsFolder { get; set; } = "";
}

internal sealed class ServerOptionsCheck : SettingsCheck<ServerOptions>
{
    protected override IEnumerable<string> Mistakes(ServerOptions options)
    {
        if (options.ShutdownDelay < TimeSpan.Zero || options.ShutdownDelay > ServerOptions.LongestShutdownDelay)
        {
            yield return $"Accounts__ShutdownDelay is {options.ShutdownDelay}: choose 00:00:00 to 00:01:00 (hh:mm:ss).";
        }
        if (options.SecretsFolder.Length > 0 && !Directory.Exists(options.SecretsFolder))
        {
            yield return $"Accounts__SecretsFolder is {options.SecretsFolder}, which is no folder: put a file for each secret there, named as the variable would be, for example Accounts__SecretKey.";
        }
    }
}
