namespace Accounts.Api.Commands;

/// <summary>
/// What the program was started with: settings, and the words of a command. The framework's configuration would take any
/// option for a setting, a misspelt one too, and the command would act as if it had not been given.
/// </summary>
public static class Arguments
{
    /// <summary>For a command: what it prints is for whoever started it, and what is logged meanwhile must not stand in between.</summary>
    public const string LogApart = "--Logging:Console:LogToStandardErrorThreshold=Trace";

    /// <summary>Those that the server and the framework read.</summary>
    private static readonly string[] Sections = ["Accounts:", "ConnectionStrings:", "Logging:", "Kestrel:"];

    private static readonly string[] Names = ["urls", "http_ports", "https_ports", "environment"];

    public static (string[] Settings, string[] Words) Split(string[] args)
    {
        var (settings, words) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (IsPair(args[i], isAmongWords: words.Count > 0))
            {
                settings.Add(args[i]);
            }
            else if (IsName(args[i]) && i + 1 < args.Length)
            {
                settings.AddRange([args[i], args[++i]]);
            }
            else
            {
                words.Add(args[i]);
            }
        }
        return ([.. settings], [.. words]);
    }

    /// <summary><c>Name=value</c>, and <c>--Name=value</c> or <c>/Name=value</c> of a setting. Among the words of a command anything may have such a sign in it, an address too.</summary>
    private static bool IsPair(string arg, bool isAmongWords) =>
        arg.Split('=', 2) is [var name, _] && (name is [not '-' and not '/', ..] ? !isAmongWords || IsName($"--{name}") : IsName(name));

    /// <summary><c>--Name</c> or <c>/Name</c> of a setting, whose value is the next argument.</summary>
    private static bool IsName(string arg) =>
        (arg.StartsWith("--", StringComparison.Ordinal) ? arg[2..] : arg.StartsWith('/') ? arg[1..] : null) is { } name
        && (Names.Contains(name, StringComparer.OrdinalIgnoreCase) || Sections.Any(section => name.StartsWith(section, StringComparison.OrdinalIgnoreCase)));
}
