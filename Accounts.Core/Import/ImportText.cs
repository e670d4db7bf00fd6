using System.Text;
using Accounts.Core.Users;

namespace Accounts.Core.Import;

/// <summary>What was written by others, as it may be stored here.</summary>
internal static class ImportText
{
    /// <summary>What stands where bytes were no UTF-8, or a character is half.</summary>
    private const char Broken = '\uFFFD';

    /// <summary>Without the white space around it, in NFC; null for nothing. What is not whole stays as it is.</summary>
    public static string? Tidy(string? text) => text?.Trim() is not { Length: > 0 } tidy ? null : IsWhole(tidy) ? tidy.InForm(NormalizationForm.FormC) : tidy;

    /// <summary>Whether it can be stored, and is what somebody wrote.</summary>
    public static bool IsWhole(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value == Broken)
            {
                return false;
            }
        }
        return true;
    }

    /// <returns>what is wrong with a line of text, as the end of a sentence; null for nothing</returns>
    public static string? Mistake(string text, int longest) =>
        text.Length > longest ? $"has {text.Length} characters, and {longest} are the most"
        : text.Any(char.IsControl) ? "has control characters in it"
        : !IsWhole(text) ? "has bytes in it that are no UTF-8"
        : null;

    /// <summary>Whether somebody can have joined then, or done anything: not before computers counted, and not tomorrow.</summary>
    public static bool CanHaveBeen(DateTimeOffset at) => at > DateTimeOffset.UnixEpoch && at < DateTimeOffset.UtcNow.AddDays(1);

    /// <summary>For a sentence: not endless, and nothing in it that moves a cursor.</summary>
    public static string Shown(string text)
    {
        var shown = string.Concat(text.Where(c => !char.IsControl(c)));
        return shown.Length <= 60 ? shown : $"{shown[..(char.IsHighSurrogate(shown[59]) ? 59 : 60)]}…";
    }
}
