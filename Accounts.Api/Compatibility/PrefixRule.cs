using System.Text.RegularExpressions;
using Accounts.Api.Compatibility.DjRestAuth;
using Accounts.Api.Compatibility.Djoser;
using Accounts.Api.Compatibility.Flask;
using Accounts.Api.Compatibility.SimpleJwt;
using Accounts.Core.Settings;

namespace Accounts.Api.Compatibility;

/// <summary>Says what is wrong with where a library's paths are to be.</summary>
internal static partial class PrefixRule
{
    public static IEnumerable<string> Mistakes(string library, string prefix) => Path().IsMatch(prefix)
        ? []
        : [$"{Library.Of(library).PrefixVariable} is \"{prefix}\": write a path, for example {Library.Of(library).DefaultPrefix}, of letters, digits, - . _ and ~ between its slashes."];

    [GeneratedRegex(@"\A(/|(/[A-Za-z0-9._~-]+)+/?)\z")]
    private static partial Regex Path();
}

internal sealed class DjRestAuthOptionsCheck : SettingsCheck<DjRestAuthOptions>
{
    protected override IEnumerable<string> Mistakes(DjRestAuthOptions options) => PrefixRule.Mistakes(Library.DjRestAuth, options.Prefix);
}

internal sealed class DjoserOptionsCheck : SettingsCheck<DjoserOptions>
{
    protected override IEnumerable<string> Mistakes(DjoserOptions options) => PrefixRule.Mistakes(Library.Djoser, options.Prefix);
}

internal sealed class SimpleJwtOptionsCheck : SettingsCheck<SimpleJwtOptions>
{
    protected override IEnumerable<string> Mistakes(SimpleJwtOptions options) => PrefixRule.Mistakes(Library.SimpleJwt, options.Prefix);
}

internal sealed class FlaskOptionsCheck : SettingsCheck<FlaskOptions>
{
    protected override IEnumerable<string> Mistakes(FlaskOptions options) => PrefixRule.Mistakes(Library.Flask, options.Prefix);
}
