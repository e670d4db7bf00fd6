namespace Accounts.Core.Checkup;

/// <summary>How much a finding matters.</summary>
public enum FindingLevel
{
    Ok,

    /// <summary>It works, at a price that whoever runs it should know.</summary>
    Warning,

    /// <summary>Something does not work, or not for everybody.</summary>
    Problem,
}

public static class FindingLevels
{
    /// <summary>As it is sent.</summary>
    public static string Word(this FindingLevel level) => level switch
    {
        FindingLevel.Ok => "ok",
        FindingLevel.Warning => "warning",
        _ => "problem",
    };
}

/// <summary>What a check has found out.</summary>
/// <param name="Check">its name</param>
/// <param name="Level">how much it matters</param>
/// <param name="Text">what is so, and what to write where; no secret, for it is shown and sent on</param>
public sealed record Finding(string Check, FindingLevel Level, string Text);

/// <summary>A mistake in words: of a setting, or of what was tried with it.</summary>
/// <param name="Level">how much it matters</param>
/// <param name="Text">what is wrong, and what to write where</param>
public sealed record Fault(FindingLevel Level, string Text)
{
    public static Fault Problem(string text) => new(FindingLevel.Problem, text);

    public static Fault Warning(string text) => new(FindingLevel.Warning, text);
}
