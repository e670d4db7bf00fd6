namespace Accounts.Core.Deletion;

/// <summary>How an account goes: section <c>Accounts:Deletion</c>.</summary>
public sealed class DeletionOptions
{
    /// <summary>For so long who has deleted their account may have it back by signing in; then all of it is erased. Less than 7 days are 7 days: so long "this wasn't me" undoes it.</summary>
    public TimeSpan Delay { get; set; } = TimeSpan.FromDays(14);
}
