using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Accounts.Core.Branding;
using Accounts.Core.Settings;
using Accounts.Core.Texts;
using Microsoft.Extensions.Options;

namespace Accounts.Api.Pages;

/// <summary>
/// Our pages as they are sent: files of wwwroot, inside of <c>frame.html</c>, in the language of their reader and with the
/// name, the colour and the links of whom they come from. <c>{{confirm.title}}</c> is a text of the page, <c>{{common.email}}</c>
/// one that pages share, <c>{{part.wait}}</c> the file <c>wait.part.html</c>, <c>{{home}}</c> where people go on.
/// </summary>
public sealed partial class PageFiles(IWebHostEnvironment environment, Brand brand, Languages languages, IOptions<SiteOptions> site, PageSettings settings)
{
    private const string Frame = "frame.html", PartMark = "part.", CommonMark = "common.";

    private const int MostParts = 8;

    /// <summary>Where home is to stand in a page that is filled already: what no text and no name has.</summary>
    private const char HomePlace = '\u0001';

    private readonly ConcurrentDictionary<(string Page, Language Language), string> filled = new();

    /// <summary>Where people go on: to the front end, or to our own page of their account.</summary>
    public string Home { get; } = site.Value.FrontendUrl.Length > 0 ? $"{site.Value.Frontend}/" : "/account";

    public Language Preferred(HttpRequest request) => languages.Preferred(request.Headers.AcceptLanguage);

    /// <param name="page">the file's name without its ending</param>
    /// <param name="home">where this one leads on; <see cref="Home"/> where null</param>
    public string Read(string page, Language language, string? home = null) =>
        (environment.IsDevelopment() ? Fill(page, language) : filled.GetOrAdd((page, language), key => Fill(key.Page, key.Language)))
            .Replace(HomePlace.ToString(), Encode(home ?? Home), StringComparison.Ordinal);

    private string Fill(string page, Language language)
    {
        var whole = WithParts(File(Frame).Replace("{{content}}", File($"{page}.html").Trim().ReplaceLineEndings("\n  "), StringComparison.Ordinal), MostParts);
        // Once, so that what stands in a value is no mark.
        return Mark().Replace(whole, Value);

        string Value(Match match) => match.Groups[1].Value switch
        {
            "home" => HomePlace.ToString(),
            "lang" => language.Tag,
            "dir" => language.Direction,
            "page" => page,
            "style" => environment.WebRootFileProvider.GetFileInfo($"{page}.css").Exists ? $"\n  <link rel=\"stylesheet\" href=\"/{page}.css\">" : "",
            "script" => environment.WebRootFileProvider.GetFileInfo($"{page}.js").Exists ? $"\n  <script type=\"module\" src=\"/{page}.js\"></script>" : "",
            "words" => Words(page, language),
            "settings" => settings.Json,
            "brand.name" => Encode(brand.Name),
            "brand.logo" => brand.LogoAddress is null ? Encode(brand.Name) : $"<img class=\"logo\" src=\"{Encode(brand.LogoAddress)}\" alt=\"{Encode(brand.Name)}\">",
            "brand.style" => brand.HasColor ? "\n  <link rel=\"stylesheet\" href=\"/brand.css\">" : "",
            "brand.links" => Links(language),
            var shared when shared.StartsWith(CommonMark, StringComparison.Ordinal) => InHtml(language[$"pages.{shared}"]),
            var own => InHtml(language[$"pages.{page}.{own}"]),
        };
    }

    /// <summary>Parts have parts, too.</summary>
    /// <param name="deep">how many inside of one another, at most: an operator's own may name itself</param>
    private string WithParts(string text, int deep) => deep == 0 ? text : Mark().Replace(text, match => match.Groups[1].Value switch
    {
        "part.onward" when site.Value.FrontendUrl.Length == 0 => "",
        var part when part.StartsWith(PartMark, StringComparison.Ordinal) => WithParts(File($"{part[PartMark.Length..]}.part.html").TrimEnd(), deep - 1),
        _ => match.Value,
    });

    private string File(string name)
    {
        using var reader = new StreamReader(environment.WebRootFileProvider.GetFileInfo(name).CreateReadStream());
        return reader.ReadToEnd();
    }

    /// <summary>A text may have a link, <c>[words](/path)</c>, and places that a script fills: <c>{email}</c>.</summary>
    private string InHtml(string text)
    {
        var html = Link().Replace(Encode(text), "<a href=\"$2\">$1</a>");
        return Place().Replace(html, match => match.Groups[1].Value == "brand" ? Encode(brand.Name) : $"<bdi data-fill=\"{match.Groups[1].Value}\"></bdi>");
    }

    /// <summary>What its script says.</summary>
    private string Words(string page, Language language) =>
        JsonSerializer.Serialize(language.Below("pages.common.words").Concat(language.Below($"pages.{page}.words"))
            .ToDictionary(word => word.Key, word => word.Value.Replace("{brand}", brand.Name, StringComparison.Ordinal)));

    private string Links(Language language) => brand.Links.Count == 0 ? "" : $"""


          <footer class="links">
            <ul>{string.Concat(brand.Links.Select(link => $"""<li><a href="{Encode(link.Url)}">{Encode(language[$"brand.{link.Text}"])}</a></li>"""))}</ul>
          </footer>
        """;

    /// <summary>Letters of all languages stand as they are.</summary>
    private static string Encode(string text) => Html.Encode(text);

    private static readonly HtmlEncoder Html = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    [GeneratedRegex(@"\{\{([\w.-]+)\}\}")]
    private static partial Regex Mark();

    [GeneratedRegex(@"\[([^\]]+)\]\((/[\w/-]*)\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Place();
}
