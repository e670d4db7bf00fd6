using Accounts.Core.Branding;
using Xunit;

namespace Accounts.Tests.Branding;

/// <summary>Whatever colour somebody has, texts in it and on it can be read (WCAG 2.2, 1.4.3).</summary>
public sealed class ShadesTests
{
    public static TheoryData<string> Colors => [.. new[] { "000000", "ffffff", "#ff0000", "00ff00", "0000ff", "ffff00", "ff69b4", "808080", "1f6f5c", "767676" }];

    [Theory]
    [MemberData(nameof(Colors))]
    public void What_is_made_of_it_is_readable_on_light_and_on_dark_ground(string color)
    {
        var (light, dark) = (Shades.OnLight(Rgb.Parse(color)), Shades.OnDark(Rgb.Parse(color)));
        (Rgb Text, Rgb Ground)[] pairs =
        [
            (light.Accent, Shades.LightGround), (light.Accent, light.Tint), (light.OnAccent, light.Accent), (light.OnAccent, light.Strong), (light.Strong, light.Tint),
            (dark.Accent, Shades.DarkSurface), (dark.Accent, dark.Tint), (dark.OnAccent, dark.Accent), (dark.OnAccent, dark.Strong), (dark.Strong, dark.Tint),
        ];
        Assert.All(pairs, pair => Assert.True(pair.Text.Contrast(pair.Ground) >= Shades.Readable, $"{pair.Text} on {pair.Ground}: {pair.Text.Contrast(pair.Ground):0.00}"));
    }

    [Fact]
    public void A_colour_that_can_be_read_stays_as_it_is() => Assert.Equal("#1f6f5c", Shades.OnLight(Rgb.Parse("1f6f5c")).Accent.ToString());

    [Theory]
    [InlineData("#000000", "#ffffff", 21)]
    [InlineData("#777777", "#ffffff", 4.48)]
    [InlineData("#767676", "#ffffff", 4.54)]
    public void Contrast_is_that_of_the_standard(string one, string other, double ratio) =>
        Assert.Equal(ratio, Rgb.Parse(one).Contrast(Rgb.Parse(other)), 0.01);
}
