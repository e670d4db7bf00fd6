namespace Accounts.Api.Compatibility.Flask;

/// <summary>Where the paths of Flask's tutorials are: section <c>Accounts:Compatibility:Flask</c>.</summary>
public sealed class FlaskOptions
{
    /// <summary>Stands before <c>login</c>, <c>auth/…</c> and <c>api/authenticate</c>.</summary>
    public string Prefix { get; set; } = "/";
}
