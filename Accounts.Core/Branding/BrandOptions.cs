namespace Accounts.Core.Branding;

/// <summary>Whom pages and mails say that they come from: section <c>Accounts:Brand</c>.</summary>
public sealed class BrandOptions
{
    /// <summary>The product's name, of at most <see cref="LongestName"/> characters. The host of PublicUrl where empty.</summary>
    public string Name { get; set; } = "";

    /// <summary>The colour of buttons and links, as <c>rrggbb</c>, with or without a <c>#</c>; made darker or lighter where it could not be read. Ours where empty.</summary>
    public string Color { get; set; } = "";

    /// <summary>
    /// The product's logo, on light ground: an <c>https</c> address, or a file of this machine; PNG or JPEG, of at most 256 kB. It is part of each
    /// mail, and pages show it in place of the name. None where empty.
    /// </summary>
    public string LogoUrl { get; set; } = "";

    /// <summary>Where people get help: a page, or <c>mailto:</c> and an address. Nothing is said of it where empty.</summary>
    public string SupportUrl { get; set; } = "";

    /// <summary>The page with the terms of use.</summary>
    public string TermsUrl { get; set; } = "";

    /// <summary>The page that says what happens to personal data.</summary>
    public string PrivacyUrl { get; set; } = "";

    public const int LongestName = 60;

    internal static bool IsOnTheWeb(string url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps;
}
