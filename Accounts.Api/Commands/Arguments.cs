namespace Accounts.Api.Commands;

/// <summary>What the program was started with: settings, told apart from words as the framework's configuration reads them, and the words of a command.</summary>
public static class Arguments
{
    private static readonly string[] Questions = ["--help", "--version"];

    public static (string[] Settings, string[] Words) Split(string[] args)
    {
        var (settings, words) = (new List<string>(), new List<string>());
        for (var i = 0; i < args.Length; i++)
        {
            if (IsPair(args[i]))
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

    /// <summary><c>--Name=value</c>, <c>/Name=value</c>, <c>Name=value</c>.</summary>
    private static bool IsPair(string arg) => arg.Contains('=', StringComparison.Ordinal) && (arg[0] != '-' || arg.StartsWith("--", StringComparison.Ordinal));

    /// <summary><c>--Name</c> or <c>/Name</c>, whose value is the next argument.</summary>
    private static bool IsName(string arg) =>
        (arg.StartsWith('/') || (arg.StartsWith("--", StringComparison.Ordinal) && arg.Length > 2)) && !Questions.Contains(arg);
}
