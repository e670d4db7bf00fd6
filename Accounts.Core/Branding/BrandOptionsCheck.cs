using Accounts.Core.Settings;

namespace Accounts.Core.Branding;

internal sealed class BrandOptionsCheck : SettingsCheck<BrandOptions>
{
    protected override IEnumerable<string> Mistakes(BrandOptions options)
    {
        if (options.Name.Length > BrandOptions.LongestName || options.Name.Any(char.IsControl))
        {
            yield return $"Accounts__Brand__Name is \"{options.Name}\": write at most {BrandOptions.LongestName} characters in one line.";
        }
        if (options.Color.Length > 0 && !Rgb.TryParse(options.Color, out _))
        {
            yield return $"Accounts__Brand__Color is \"{options.Color}\": write a colour as six hexadecimal digits, for example 1f6f5c.";
        }
        if (options.LogoUrl.Length > 0 && MistakeOfLogo(options.LogoUrl) is { } mistake)
        {
            yield return $"Accounts__Brand__LogoUrl is \"{options.LogoUrl}\": {mistake}";
        }
        if (options.SupportUrl.Length > 0 && !IsPage(options.SupportUrl) && !IsMailbox(options.SupportUrl))
        {
            yield return $"Accounts__Brand__SupportUrl is \"{options.SupportUrl}\": write the address of a page, or mailto: and an address, for example mailto:help@example.com.";
        }
        foreach (var (name, url) in new[] { ("TermsUrl", options.TermsUrl), ("PrivacyUrl", options.PrivacyUrl) }.Where(page => page.Item2.Length > 0 && !IsPage(page.Item2)))
        {
            yield return $"Accounts__Brand__{name} is \"{url}\": write the address of a page, for example https://www.example.com/terms.";
        }
    }

    /// <summary>Whether what is on the web can be used shows when it is read.</summary>
    private static string? MistakeOfLogo(string url)
    {
        if (BrandOptions.IsOnTheWeb(url))
        {
            return url.EndsWith(".svg", StringComparison.OrdinalIgnoreCase) ? "mail programs show no SVG; name a PNG or JPEG." : null;
        }
        if (!File.Exists(url))
        {
            return "write the https address of a picture, or the path of a file that is there, for example https://www.example.com/logo.png.";
        }
        return new FileInfo(url).Length <= LogoPicture.Largest && LogoPicture.Of(File.ReadAllBytes(url)) is not null ? null : $"it must be {LogoPicture.Demand}.";
    }

    private static bool IsPage(string url) => Uri.TryCreate(url, UriKind.Absolute, out var page) && page.Scheme is "https" or "http";

    private static bool IsMailbox(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == "mailto" && url.Contains('@', StringComparison.Ordinal);
}
