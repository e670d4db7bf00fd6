using System.Text;
using System.Text.RegularExpressions;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.House;

/// <summary>The files that ship Accounts name settings, projects and files that exist.</summary>
public sealed partial class ShippingTests
{
    private readonly string compose = Repository.Read("docker-compose.yml");
    private readonly string dockerfile = Repository.Read("Accounts.Api/Dockerfile");

    [Fact]
    public void Compose_sets_settings_that_the_example_lists()
    {
        var set = Setting().Matches(compose).Select(match => match.Value).Distinct().ToArray();
        Assert.Contains("Accounts__SecretKey", set);
        Assert.Empty(set.Except(EnvExample.Entries().Select(entry => entry.Key)));
    }

    [Fact]
    public void What_compose_takes_from_env_has_a_default_or_a_sentence_that_asks_for_it_and_is_in_the_example()
    {
        var variables = Variable().Matches(compose).GroupBy(match => match.Groups["name"].Value).ToArray();
        Assert.Contains(variables, variable => variable.Key == "POSTGRES_PASSWORD");
        Assert.All(variables, variable =>
        {
            Assert.Contains(variable, use => use.Groups["else"].Value is [':', '-', ..] || use.Groups["else"].Value.StartsWith($":?Put {variable.Key} into .env", StringComparison.Ordinal));
            Assert.Contains($"# {variable.Key}=", Repository.Read(".env.example"), StringComparison.Ordinal);
        });
    }

    [Fact]
    public void The_image_is_restored_from_every_project_that_it_is_built_from()
    {
        var copied = Copied().Matches(dockerfile).SelectMany(match => match.Groups[1].Value.Split(' ')).ToArray();
        Assert.All(copied, file => Assert.True(Path.Exists(Path.Combine(Repository.Folder, file)), file));
        Assert.All(copied, file => Assert.Contains($"!{file.Split('/')[0]}", Repository.Read(".dockerignore").Split('\n')));
        var references = Reference().Matches(Repository.Read("Accounts.Api/Accounts.Api.csproj")).Select(match => match.Groups[1].Value);
        Assert.Equal(["Accounts.Api/Accounts.Api.csproj", .. references.Order(StringComparer.Ordinal)], copied.Where(file => file.EndsWith(".csproj", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    /// <summary>What is not there cannot be switched on. .NET keeps strings of code as UTF-16, of attributes and pages as UTF-8.</summary>
    [Theory]
    [InlineData("/dev/mailbox"), InlineData("mailbox.json"), InlineData("MailboxController")]
    [InlineData("/dev/provider"), InlineData("dev/provider"), InlineData("fake-client"), InlineData("FakeProvider")]
    [InlineData("/dev/app"), InlineData("dev/tools"), InlineData("DemoController")]
    [InlineData("dev/testing"), InlineData("TestingController"), InlineData("RowAging"), InlineData("TokenTheft")]
    [InlineData("initdb"), InlineData("postgres-supervisor"), InlineData("PrivatePostgres"), InlineData("secret-key"), InlineData("./run")]
    public async Task The_shipped_server_has_nothing_of_Developments(string text)
    {
        Assert.True(await ContainsAsync("Accounts.Development.dll", text));
        Assert.False(await ContainsAsync("Accounts.Api.dll", text));
        Assert.False(await ContainsAsync("Accounts.Core.dll", text));
    }

    [Fact]
    public void The_image_is_made_without_what_only_Development_has()
    {
        Assert.True(Directory.Exists(Path.Combine(Repository.Folder, "Accounts.Development")));
        Assert.DoesNotContain("Accounts.Development", dockerfile, StringComparison.Ordinal);
        Assert.DoesNotContain("!Accounts.Development", Repository.Read(".dockerignore").Split('\n'));
        Assert.StartsWith("*", Repository.Read(".dockerignore").Split('\n').First(line => !line.StartsWith('#')), StringComparison.Ordinal);
    }

    private static async Task<bool> ContainsAsync(string assembly, string text)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(AppContext.BaseDirectory, assembly));
        return new[] { Encoding.UTF8, Encoding.Unicode }.Any(encoding => bytes.AsSpan().IndexOf(encoding.GetBytes(text)) >= 0);
    }

    [GeneratedRegex(@"\b(Accounts|ConnectionStrings)__\w+")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?<!\$)\$\{(?<name>\w+)(?<else>[^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"^COPY (?!--from)(.+) \S+$", RegexOptions.Multiline)]
    private static partial Regex Copied();

    [GeneratedRegex(@"<ProjectReference Include=""\.\./([^""]+)""")]
    private static partial Regex Reference();
}
