namespace Accounts.Api.Compatibility;

/// <summary>Paths and shapes of other libraries: section <c>Accounts:Compatibility</c>.</summary>
public sealed class CompatibilityOptions
{
    /// <summary>Which are served, separated by commas: <c>dj-rest-auth</c>, <c>djoser</c>, <c>simplejwt</c>, <c>flask</c>. None where empty.</summary>
    public string Enabled { get; set; } = "";
}
