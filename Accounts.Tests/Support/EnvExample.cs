using System.Text.RegularExpressions;

namespace Accounts.Tests.Support;

/// <summary>The settings that <c>.env.example</c> lists.</summary>
public static partial class EnvExample
{
    /// <summary>Name and default, as they are written there.</summary>
    public static List<KeyValuePair<string, string>> Entries() =>
        [.. Entry().Matches(Repository.Read(".env.example")).Select(match => KeyValuePair.Create(match.Groups[1].Value, match.Groups[2].Value))];

    [GeneratedRegex(@"^# (\w+__\w+)=(.*)$", RegexOptions.Multiline)]
    private static partial Regex Entry();
}
