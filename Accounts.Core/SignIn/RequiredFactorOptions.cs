namespace Accounts.Core.SignIn;

/// <summary>Who must have a second factor: section <c>Accounts:SecondFactor</c>.</summary>
public sealed class RequiredFactorOptions
{
    /// <summary><c>never</c>, <c>admins</c> or <c>everybody</c>. Who must and has none is let in once they have added one.</summary>
    public string Required { get; set; } = "never";
}
