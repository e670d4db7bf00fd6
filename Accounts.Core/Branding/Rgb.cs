using System.Globalization;

namespace Accounts.Core.Branding;

/// <summary>A colour of sRGB.</summary>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>Of <c>rrggbb</c>, with or without a <c>#</c> before it.</summary>
    public static bool TryParse(string text, out Rgb color)
    {
        var digits = text.AsSpan(text.StartsWith('#') ? 1 : 0);
        var isOne = uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) && digits.Length == 6;
        color = new((byte)(bits >> 16), (byte)(bits >> 8), (byte)bits);
        return isOne;
    }

    public static Rgb Parse(string text) => TryParse(text, out var color) ? color : throw new FormatException($"{text} is no colour.");

    /// <summary>So much of the other: 0 is this colour, 1 the other.</summary>
    public Rgb Mixed(Rgb other, double part)
    {
        return new(Mix(Red, other.Red), Mix(Green, other.Green), Mix(Blue, other.Blue));

        byte Mix(byte mine, byte others) => (byte)Math.Round(mine + (others - mine) * part);
    }

    /// <summary>The contrast ratio of WCAG 2.2, from 1 to 21.</summary>
    public double Contrast(Rgb other)
    {
        var (mine, others) = (Luminance, other.Luminance);
        return (Math.Max(mine, others) + 0.05) / (Math.Min(mine, others) + 0.05);
    }

    private double Luminance => 0.2126 * Linear(Red) + 0.7152 * Linear(Green) + 0.0722 * Linear(Blue);

    private static double Linear(byte channel) => channel / 255.0 is var part && part <= 0.04045 ? part / 12.92 : Math.Pow((part + 0.055) / 1.055, 2.4);

    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";
}
