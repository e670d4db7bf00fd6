namespace Accounts.Tests.Http.Recordings;

/// <summary>A difference to the original that is meant: where it applies, and what is answered instead of what was recorded.</summary>
/// <param name="Name">the number in contract.md's list of deliberate differences, or the part of it that says so</param>
/// <param name="Applies">to a case, of which the differences before this one have said what is expected so far</param>
/// <param name="Instead">from what is expected so far to what is expected here</param>
public sealed record Difference(string Name, Func<Recording, Reply, bool> Applies, Func<Recording, Reply, Reply> Instead)
{
    /// <summary>Nothing after it says anything about the case.</summary>
    public bool IsWhole { get; init; }
}
