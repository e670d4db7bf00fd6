using Accounts.Core.Settings;

namespace Accounts.Api.Compatibility;

/// <summary>A library whose paths, bodies and status numbers are served here.</summary>
/// <param name="Name">in <c>Accounts__Compatibility__Enabled</c></param>
/// <param name="Section">of its settings, below <c>Accounts:Compatibility</c></param>
/// <param name="DefaultPrefix">of its paths, where the setting is missing</param>
public sealed record Library(string Name, string Section, string DefaultPrefix)
{
    public const string DjRestAuth = "dj-rest-auth", Djoser = "djoser", SimpleJwt = "simplejwt", Flask = "flask";

    public static readonly Library[] All =
    [
        new(DjRestAuth, "DjRestAuth", new DjRestAuth.DjRestAuthOptions().Prefix), new(Djoser, "Djoser", new Djoser.DjoserOptions().Prefix),
        new(SimpleJwt, "SimpleJwt", new SimpleJwt.SimpleJwtOptions().Prefix), new(Flask, "Flask", new Flask.FlaskOptions().Prefix),
    ];

    /// <summary>The variable that moves its paths elsewhere.</summary>
    public string PrefixVariable => $"Accounts__Compatibility__{Section}__Prefix";

    /// <summary>The names that a setting lists; what is none is told by <see cref="CompatibilityOptionsCheck"/>.</summary>
    public static Library[] Enabled(IConfiguration configuration)
    {
        var names = SettingsSetup.Parts(configuration[$"{CompatibilityHttpSetup.Section}:{nameof(CompatibilityOptions.Enabled)}"] ?? "");
        return [.. All.Where(library => names.Contains(library.Name))];
    }

    public string Prefix(IConfiguration configuration) => configuration[$"{CompatibilityHttpSetup.Section}:{Section}:Prefix"] ?? DefaultPrefix;

    public static Library Of(string name) => Array.Find(All, library => library.Name == name)!;
}
