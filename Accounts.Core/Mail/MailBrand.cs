using System.Net;
using Accounts.Core.Branding;
using Accounts.Core.Texts;

namespace Accounts.Core.Mail;

/// <summary>What every mail has of whom it comes from: <c>{{site}}</c>, the colours, and below it the links.</summary>
public sealed class MailBrand(Brand brand)
{
    /// <summary>In the layout alone.</summary>
    public const string LinksMark = "{{links}}";

    /// <summary>What any template may ask for.</summary>
    internal static string[] Names { get; } = [MailKind.Site, "accent", "tint", "dark_accent", "dark_on_accent", "dark_tint"];

    public IReadOnlyDictionary<string, string> Values { get; } = Names.Zip(
        [brand.Name, .. new[] { brand.OnLight.Accent, brand.OnLight.Tint, brand.OnDark.Accent, brand.OnDark.OnAccent, brand.OnDark.Tint }.Select(color => color.ToString())])
        .ToDictionary();

    /// <summary>The logo, in the layout alone, where there is one.</summary>
    public const string LogoMark = "{{logo}}";

    /// <summary>In HTML. It is made for light ground, which it brings along.</summary>
    public string Logo { get; } =
        $"<p style=\"margin: 0 0 16px;\"><img class=\"logo\" src=\"cid:{MailMessage.LogoId}\" alt=\"{WebUtility.HtmlEncode(brand.Name)}\" height=\"40\" style=\"height: 40px; max-width: 240px; border: 0;\"></p>";

    /// <summary>Behind the name, in HTML.</summary>
    public string Links(Language language) => string.Concat(brand.Links.Select(link =>
        $" &middot; <a class=\"muted\" href=\"{WebUtility.HtmlEncode(link.Url)}\" style=\"color: #5a635f;\">{WebUtility.HtmlEncode(language[$"brand.{link.Text}"])}</a>"));

    /// <summary>Below a mail's text.</summary>
    public string TextLinks(Language language) => brand.Links.Count == 0 ? "" : $"\n{string.Join('\n', brand.Links.Select(link => $"{language[$"brand.{link.Text}"]}: {link.Url}"))}\n";
}
