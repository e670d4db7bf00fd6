using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using Accounts.Core.Branding;

namespace Accounts.Api.Pages;

/// <summary>Our pages as they are sent: the files of wwwroot, with the name, the colour and the links of whom they come from.</summary>
public sealed class PageFiles(IWebHostEnvironment environment, Brand brand)
{
    private readonly ConcurrentDictionary<string, string> pages = new();

    public string Read(string file) => pages.GetOrAdd(file, Fill);

    private string Fill(string file)
    {
        using var reader = new StreamReader(environment.WebRootFileProvider.GetFileInfo(file).CreateReadStream());
        return reader.ReadToEnd()
            .Replace("{{name}}", Encode(brand.Name), StringComparison.Ordinal)
            .Replace("{{style}}", brand.HasColor ? "\n  <link rel=\"stylesheet\" href=\"/brand.css\">" : "", StringComparison.Ordinal)
            .Replace("{{links}}", Links(), StringComparison.Ordinal);
    }

    private string Links() => brand.Links.Count == 0 ? "" : $"""


          <footer class="links">
            <ul>{string.Concat(brand.Links.Select(link => $"""<li><a href="{Encode(link.Url)}">{Encode(link.Text)}</a></li>"""))}</ul>
          </footer>
        """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
