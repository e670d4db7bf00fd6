namespace Accounts.Core.Import;

/// <summary>What has become of a user of the other system, or, at a dry run, would become.</summary>
public enum ImportOutcome
{
    Created,
    Unchanged,
    Updated,

    /// <summary>Something of them could not be taken; why is said.</summary>
    Conflict,

    /// <summary>Was imported, and is not there any more. They stay here.</summary>
    Gone,
}

/// <summary>A row of the report.</summary>
/// <param name="Outcome">what has become of them</param>
/// <param name="LegacyId">whose row it is; empty where it could not be read</param>
/// <param name="Place">where they stand there; empty for who is gone</param>
/// <param name="Why">sentences for whoever runs it: of a conflict why, and else what is not as it was there</param>
public sealed record ImportVerdict(ImportOutcome Outcome, string LegacyId, string Place, string Why);

/// <summary>How many there were of each.</summary>
public sealed class ImportSummary
{
    private readonly long[] counts = new long[Enum.GetValues<ImportOutcome>().Length];

    public long this[ImportOutcome outcome] => counts[(int)outcome];

    /// <summary>How many have been looked at; who is gone is none of them.</summary>
    public long Read => counts[..(int)ImportOutcome.Gone].Sum();

    /// <summary>Names of roles there that <see cref="ImportRules.Roles"/> says nothing of, 100 at most, and how many hold them.</summary>
    public Dictionary<string, long> RolesLeftOut { get; } = new(StringComparer.Ordinal);

    internal void Count(ImportVerdict verdict) => counts[(int)verdict.Outcome]++;
}

/// <summary>Who hears what an import does.</summary>
/// <param name="Row">each verdict, as soon as it is committed</param>
/// <param name="Progress">now and then, in a sentence</param>
public sealed record ImportReport(Func<ImportVerdict, Task> Row, Action<string> Progress);
