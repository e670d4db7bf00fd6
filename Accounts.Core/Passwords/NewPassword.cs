namespace Accounts.Core.Passwords;

/// <summary>A password that somebody has chosen, as it was typed, and the field of the form that a bad one is reported under.</summary>
public sealed record NewPassword(string Text, string Field)
{
    public override string ToString() => nameof(NewPassword);
}
