using System.Text;
using Accounts.Core.Users;

namespace Accounts.Core.Passwords;

/// <summary>A password that somebody has chosen, and the field of the form that a bad one is reported under.</summary>
public sealed record NewPassword(string Typed, string Field)
{
    /// <summary>In NFC: what is judged, and then hashed.</summary>
    public string Text { get; } = Typed.InForm(NormalizationForm.FormC);

    public override string ToString() => nameof(NewPassword);
}
