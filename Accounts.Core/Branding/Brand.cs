using Accounts.Core.Settings;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Accounts.Core.Branding;

/// <summary>Whom pages and mails come from.</summary>
public sealed class Brand(IOptions<BrandOptions> options, IOptions<SiteOptions> site)
{
    private static readonly Shades
        OursOnLight = new(Rgb.Parse("#1f6f5c"), Rgb.Parse("#185848"), Rgb.Parse("#ffffff"), Rgb.Parse("#e8f2ee")),
        OursOnDark = new(Rgb.Parse("#85d3bb"), Rgb.Parse("#a3e0cd"), Rgb.Parse("#0c211b"), Rgb.Parse("#1f302a"));

    public string Name { get; } = options.Value.Name.Trim() is { Length: > 0 } name ? name : site.Value.Host;

    /// <summary>Where pages have the logo from; null for none.</summary>
    public string? LogoAddress { get; } = options.Value.LogoUrl.Length == 0 ? null : BrandOptions.IsOnTheWeb(options.Value.LogoUrl) ? options.Value.LogoUrl : "/brand/logo";

    /// <summary>Whose host has it, where it is not ours to serve; else null.</summary>
    public string? LogoOrigin { get; } = BrandOptions.IsOnTheWeb(options.Value.LogoUrl) ? OriginOf(new Uri(options.Value.LogoUrl)) : null;

    /// <summary>As a header may say it: an international name in its ASCII form, and no user.</summary>
    private static string OriginOf(Uri url) => $"{url.Scheme}://{url.IdnHost}{(url.IsDefaultPort ? "" : $":{url.Port}")}";

    /// <summary>Whether the colour is not ours.</summary>
    public bool HasColor { get; } = options.Value.Color.Length > 0;

    public Shades OnLight { get; } = options.Value.Color.Length > 0 ? Shades.OnLight(Rgb.Parse(options.Value.Color)) : OursOnLight;

    public Shades OnDark { get; } = options.Value.Color.Length > 0 ? Shades.OnDark(Rgb.Parse(options.Value.Color)) : OursOnDark;

    /// <summary>What stands below every page and mail: names of texts below <c>brand</c>, and where they lead.</summary>
    public IReadOnlyList<(string Text, string Url)> Links { get; } =
        [.. new[] { ("help", options.Value.SupportUrl), ("terms", options.Value.TermsUrl), ("privacy", options.Value.PrivacyUrl) }.Where(link => link.Item2.Length > 0)];
}

public static class BrandSetup
{
    public static IServiceCollection AddBrand(this IServiceCollection services) =>
        services.AddSettings<BrandOptions, BrandOptionsCheck>("Accounts:Brand").AddSingleton<Brand>().AddSingleton<BrandLogo>();
}
