using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Client;

/// <summary>The client as the server has it for pages that load it.</summary>
public sealed partial class ClientScriptTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private const int Most = 6000, MostLines = 100;

    private readonly TestServer server = shared.Server;

    [Fact]
    public async Task It_is_the_file_of_the_repository_for_any_origin_and_kept_by_caches()
    {
        using var client = server.Client();
        var answer = await client.GetAsync("/accounts.js", ("Origin", "https://anybody.example"));
        Assert.Equal((200, "text/javascript", Repository.Read("client/accounts.js")), (answer.Status, answer.MediaType, answer.Text));
        Assert.Equal(("*", "public, max-age=3600", "Accept-Encoding"), (answer.Header("Access-Control-Allow-Origin"), answer.Header("Cache-Control"), answer.Header("Vary")));
        Assert.Equal(304, (await client.GetAsync("/accounts.js", ("If-None-Match", answer.Header("ETag")!))).Status);
    }

    [Fact]
    public async Task It_is_below_six_kilobytes_as_it_is_sent()
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None });
        http.DefaultRequestHeaders.Add("Accept-Encoding", "gzip, br");
        using var answer = await http.GetAsync(new Uri(server.Address, "/accounts.js"));
        var sent = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal("gzip", Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.InRange(sent.Length, 1, Most);
        using var plain = new StreamReader(new GZipStream(new MemoryStream(sent), CompressionMode.Decompress), Encoding.UTF8);
        Assert.Equal(Repository.Read("client/accounts.js"), await plain.ReadToEndAsync());
    }

    [Fact]
    public async Task Who_refuses_gzip_gets_it_plain_under_another_tag()
    {
        using var client = server.Client();
        var (plain, gzip) = (await client.GetAsync("/accounts.js", ("Accept-Encoding", "gzip;q=0")), await client.GetAsync("/accounts.js", ("Accept-Encoding", "gzip")));
        Assert.Equal(Repository.Read("client/accounts.js"), plain.Text);
        Assert.NotEqual(plain.Header("ETag"), gzip.Header("ETag"));
    }

    [Fact]
    public void It_depends_on_nothing() => Assert.DoesNotContain("import", Repository.Read("client/accounts.js"), StringComparison.Ordinal);

    [Theory]
    [InlineData("axios", "axios"), InlineData("react", "react"), InlineData("server", "node:crypto"), InlineData("vue", "vue")]
    public void What_lies_beside_it_is_short_and_needs_its_library_alone(string file, params string[] libraries)
    {
        var code = Repository.Read($"client/{file}.js");
        Assert.InRange(code.Split('\n').Length - 1, 1, MostLines - 1);
        Assert.Equal(libraries, Import().Matches(code).Select(match => match.Groups[1].Value));
        Assert.Contains($"\"./{file}\"", Repository.Read("client/package.json"), StringComparison.Ordinal);
    }

    [GeneratedRegex("^import .* from '(.*)';$", RegexOptions.Multiline)]
    private static partial Regex Import();
}
