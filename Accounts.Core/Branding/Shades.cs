namespace Accounts.Core.Branding;

/// <summary>What is made of a brand's colour on light or on dark ground.</summary>
/// <param name="Accent">of links, and of buttons</param>
/// <param name="Strong">of buttons that are pointed at</param>
/// <param name="OnAccent">of the text on buttons</param>
/// <param name="Tint">of the ground behind what stands out</param>
public sealed record Shades(Rgb Accent, Rgb Strong, Rgb OnAccent, Rgb Tint)
{
    /// <summary>That normal text needs (WCAG 2.2, 1.4.3).</summary>
    public const double Readable = 4.5;

    private static readonly Rgb White = new(255, 255, 255), Black = new(0, 0, 0);

    /// <summary>The grounds of pages and mails, as their style sheets have them.</summary>
    public static Rgb LightGround { get; } = Rgb.Parse("#f5f4f0");

    /// <inheritdoc cref="LightGround"/>
    public static Rgb DarkSurface { get; } = Rgb.Parse("#1c201e");

    public static Shades OnLight(Rgb color)
    {
        var tint = color.Mixed(White, 0.9);
        var accent = Toward(Black, color, tint, LightGround);
        return new(accent, accent.Mixed(Black, 0.2), White, tint);
    }

    public static Shades OnDark(Rgb color)
    {
        var tint = DarkSurface.Mixed(color, 0.12);
        var accent = Toward(White, color, tint, DarkSurface);
        return new(accent, accent.Mixed(White, 0.25), Toward(Black, accent.Mixed(Black, 0.8), accent), tint);
    }

    /// <summary>As near to the colour as can be read on all of these.</summary>
    private static Rgb Toward(Rgb end, Rgb color, params ReadOnlySpan<Rgb> grounds)
    {
        for (var part = 0.0; part < 1; part += 0.02)
        {
            if (IsReadable(color.Mixed(end, part), grounds))
            {
                return color.Mixed(end, part);
            }
        }
        return end;
    }

    private static bool IsReadable(Rgb color, ReadOnlySpan<Rgb> grounds)
    {
        foreach (var ground in grounds)
        {
            if (color.Contrast(ground) < Readable)
            {
                return false;
            }
        }
        return true;
    }
}
