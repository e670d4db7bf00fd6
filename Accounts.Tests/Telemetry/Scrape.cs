using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Accounts.Tests.Telemetry;

/// <summary>What <c>/metrics</c> says at a moment.</summary>
public sealed partial class Scrape(string text)
{
    public string Text => text;

    /// <summary>Of every line, with its labels as they are written.</summary>
    public Dictionary<string, double> Values { get; } = Line().Matches(text).ToDictionary(
        line => line.Groups["name"].Value + line.Groups["labels"].Value,
        line => line.Groups["value"].Value == "+Inf" ? double.PositiveInfinity : double.Parse(line.Groups["value"].Value, CultureInfo.InvariantCulture));

    /// <summary>Of lines, and of the histograms that they are parts of.</summary>
    public IEnumerable<string> Names => Line().Matches(text).Select(line => line.Groups["name"].Value)
        .Concat(Histogram().Matches(text).Select(type => type.Groups[1].Value)).Distinct();

    public IEnumerable<string> LabelNames => Label().Matches(text).Select(label => label.Groups[1].Value).Distinct();

    public double this[string line] => Values.TryGetValue(line, out var value) ? value : 0;

    public static async Task<Scrape> OfAsync(int port)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync($"http://127.0.0.1:{port}/metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain(text.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !Comment().IsMatch(line) && !Line().IsMatch(line));
        return new Scrape(text);
    }

    [GeneratedRegex(@"^(?<name>[a-z_]\w*)(?<labels>\{[a-zA-Z_]\w*=""([^""\\\n]|\\.)*""(,[a-zA-Z_]\w*=""([^""\\\n]|\\.)*"")*\})? (?<value>-?[0-9.]+(E[+-][0-9]+)?|\+Inf|NaN)$", RegexOptions.Multiline)]
    private static partial Regex Line();

    [GeneratedRegex(@"^# (HELP [a-z_]\w* .*|TYPE [a-z_]\w* (counter|gauge|histogram))$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^# TYPE (\w+) histogram$", RegexOptions.Multiline)]
    private static partial Regex Histogram();

    [GeneratedRegex(@"[{,]([a-zA-Z_]\w*)=""")]
    private static partial Regex Label();
}
