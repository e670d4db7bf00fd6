namespace Accounts.Tests.Sessions;

/// <summary>What the rule says to a presented generation.</summary>
public enum Verdict
{
    Itself,
    Next,
    Reuse,
}

/// <summary>
/// The rule of <c>docs/sessions.md</c> as a function, of what a server with no lost writes meets. <see cref="StolenTokenTests"/> holds it against the server,
/// so that what the model finds is true of that.
/// </summary>
/// <param name="Current">the row's generation</param>
/// <param name="Parent">whose children are good; -1 before the first refresh</param>
/// <param name="FirstChild">the oldest child of it</param>
public readonly record struct RefreshRule(long Current, long Parent, long FirstChild)
{
    /// <summary>After a sign-in.</summary>
    public static RefreshRule New => new(0, -1, 0);

    public bool IsGood(long generation) => generation == Parent || (generation >= FirstChild && generation <= Current);

    public Verdict Judge(long presented, bool isWithinLeeway)
    {
        if (!IsGood(presented))
        {
            return Verdict.Reuse;
        }
        var isOlderChild = presented >= FirstChild && presented < Current;
        return isWithinLeeway && Current > 0 && !isOlderChild ? Verdict.Itself : Verdict.Next;
    }

    /// <summary>Once it has handed out the next one.</summary>
    public RefreshRule After(long presented) => new(Current + 1, presented, presented == Parent ? FirstChild : Current + 1);
}
