using System.Text;

namespace Accounts.Core.Users;

/// <summary>Normalisation of any text (UAX #15). The framework's throws at U+FFFE, a noncharacter, which stands as it is here.</summary>
public static class UnicodeForm
{
    private const char Noncharacter = '\uFFFE';

    public static string InForm(this string text, NormalizationForm form) =>
        string.Join(Noncharacter, text.Split(Noncharacter).Select(part => part.Normalize(form)));
}
