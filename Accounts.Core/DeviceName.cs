using System.Text.RegularExpressions;

namespace Accounts.Core;

/// <summary>
/// What a person calls a device: "Firefox on Windows". Made of the words of these tables alone, never of the user agent's own, which are a
/// stranger's text; of what the tables don't know it says nothing.
/// </summary>
/// <param name="Browser">or program, or null</param>
/// <param name="System">or null</param>
public sealed partial record DeviceName(string? Browser, string? System)
{
    private const string UnknownDevice = "Unknown device", App = "App";

    /// <summary>By a product of their own, whatever else they claim to be; inside of other people's apps by the app.</summary>
    private static readonly (string Name, string[] Products)[] Browsers =
    [
        ("Instagram", ["Instagram"]), ("Facebook", ["[FBAN", "[FB_IAB", "[FBAV"]), ("Google app", ["GSA"]),
        ("Edge", ["Edg", "EdgA", "EdgiOS"]), ("Opera", ["OPR", "OPT", "OPX"]), ("Vivaldi", ["Vivaldi"]),
        ("Samsung Internet", ["SamsungBrowser"]), ("DuckDuckGo", ["DuckDuckGo", "Ddg"]), ("Yandex Browser", ["YaBrowser"]),
        ("PowerShell", ["PowerShell", "WindowsPowerShell"]), (App, ["Electron"]),
    ];

    /// <summary>Those that all others claim to be: only where nothing unknown stands beside them.</summary>
    private static readonly (string Name, string[] Products)[] Claimed =
        [("Firefox", ["Firefox", "FxiOS", "Focus"]), ("Chrome", ["Chrome", "CriOS", "Chromium", "HeadlessChrome"]), ("Safari", ["Safari"])];

    private static readonly HashSet<string> Plain = ["Mozilla", "AppleWebKit", "Gecko", "Version", "Mobile", .. Claimed.SelectMany(browser => browser.Products)];

    /// <summary>Each by all of its marks. A Mac's Safari and an iPad's send the same, and so do an iPhone's and an iPad's browsers that ask for desktop pages.</summary>
    private static readonly (string Name, string[] Marks)[] Systems =
    [
        ("iPhone", ["(iPhone;"]), ("iPad", ["(iPad;"]),
        ("iPhone or iPad", ["(Macintosh;", " CriOS/"]), ("iPhone or iPad", ["(Macintosh;", " FxiOS/"]), ("iPhone or iPad", ["(Macintosh;", " EdgiOS/"]),
        ("Mac or iPad", ["(Macintosh;", " AppleWebKit/605."]), ("Mac", ["(Macintosh;"]),
        ("Android", ["Android"]), ("Xbox", ["Windows NT", "Xbox"]), ("Windows", ["Windows NT"]), ("ChromeOS", [" CrOS "]), ("Linux", ["Linux"]),
    ];

    /// <summary>What is no browser, by how it begins.</summary>
    private static readonly (string Name, string Start)[] Programs =
    [
        ("curl", "curl/"), ("Wget", "Wget/"), ("HTTPie", "HTTPie/"), ("python-requests", "python-requests/"), ("HTTPX", "python-httpx/"),
        ("Python", "Python-urllib/"), ("aiohttp", "Python/"), ("okhttp", "okhttp/"), ("Go", "Go-http-client/"), ("axios", "axios/"), ("Node.js", "node"),
        ("Node.js", "undici"), ("Postman", "PostmanRuntime/"), ("Dart", "Dart/"), ("Java", "Java-http-client/"),
    ];

    public static DeviceName Of(string userAgent) => userAgent.StartsWith("Mozilla/5.0 (", StringComparison.Ordinal)
        ? new DeviceName(BrowserOf(userAgent), Systems.FirstOrDefault(system => system.Marks.All(mark => userAgent.Contains(mark, StringComparison.Ordinal))).Name)
        : new DeviceName(Programs.FirstOrDefault(program => userAgent.StartsWith(program.Start, StringComparison.Ordinal)).Name, null);

    private static string? BrowserOf(string userAgent)
    {
        var parts = Part().Matches(userAgent).Select(match => match.Value).ToArray();
        var products = parts.Where(part => part[0] != '(').Select(part => part.Split('/')[0]).ToHashSet();
        if (Find(Browsers, products) is { } own)
        {
            return own;
        }
        // Android's web view, and that of iOS, which is no Safari.
        if (parts.Any(part => part.EndsWith("; wv)", StringComparison.Ordinal)) || (products.SetEquals(["Mozilla", "AppleWebKit", "Mobile"])))
        {
            return App;
        }
        return products.IsSubsetOf(Plain) && !userAgent.Contains("compatible;", StringComparison.Ordinal) ? Find(Claimed, products) : null;
    }

    private static string? Find((string Name, string[] Products)[] browsers, HashSet<string> products) =>
        browsers.FirstOrDefault(browser => browser.Products.Any(products.Contains)).Name;

    public override string ToString() => (Browser, System) switch
    {
        (null, null) => UnknownDevice,
        (null, _) => System,
        (_, null) => Browser,
        _ => $"{Browser} on {System}",
    };

    /// <summary>A comment, or a product with its version.</summary>
    [GeneratedRegex(@"\([^()]*\)|[^\s()]+")]
    private static partial Regex Part();
}
