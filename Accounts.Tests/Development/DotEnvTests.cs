using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Development;

/// <summary>The file <c>.env</c>: what it says counts, and what says nothing is told.</summary>
public sealed class DotEnvTests(Postgres postgres) : IDisposable
{
    private const string Canary = "canary-0123456789";

    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("Accounts__Docs__Enabled=false")]
    [InlineData("  export Accounts__Docs__Enabled = false # off")]
    [InlineData("# a comment\n\nPOSTGRES_PASSWORD=x\nSECRET_KEY=y\nOTHER_THING=1\nAccounts__Docs__Enabled=\"false\"\nAccounts__Mail__From='Cash $ Co <a@b.test>'")]
    public async Task What_it_sets_is_set_and_what_is_somebody_elses_is_left_alone(string text)
    {
        await using var server = await StartAsync(text);
        using var client = server.Client();
        Assert.Equal(404, (await client.GetAsync("/docs")).Status);
    }

    [Theory]
    [InlineData($"Accounts__SecretKey {Canary}", "this is no setting. Write NAME=value, or # before a comment.")]
    [InlineData(Canary, "this is no setting. Write NAME=value, or # before a comment.")]
    [InlineData($"Accounts SecretKey={Canary}", "this is no setting. Write NAME=value, or # before a comment.")]
    [InlineData($"Accounts__SecretKey={Canary}$x", "docker compose would put another variable in place of the $ in Accounts__SecretKey. Put the value in single quotes")]
    [InlineData($"Accounts__SecretKey=\"{Canary}$x\"", "docker compose would put another variable in place of the $ in Accounts__SecretKey. Put the value in single quotes")]
    public async Task A_line_that_says_nothing_or_two_things_is_told_by_its_number(string line, string mistake)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => StartAsync($"# first\n{line}"));
        Assert.StartsWith($"{file}, line 2: {mistake}", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Account__PublicUrl", "Accounts__PublicUrl"), InlineData("ACCOUNTS_PUBLIC_URL", "Accounts__PublicUrl"), InlineData("PublicUrl", "Accounts__PublicUrl")]
    [InlineData("Mail__SmtpUrl", "Accounts__Mail__SmtpUrl"), InlineData("ConnectionString__Accounts", "ConnectionStrings__Accounts")]
    public async Task A_name_that_was_meant_for_a_setting_is_told_with_the_settings(string name, string meant)
    {
        var refused = await Assert.ThrowsAsync<StartupException>(() => StartAsync($"{name}={Canary}"));
        Assert.Equal($"{name} is no setting; did you mean {meant}? .env.example lists them all.", refused.Message);
    }

    private async Task<TestServer> StartAsync(string text)
    {
        await File.WriteAllTextAsync(file, text);
        return await TestServer.StartAsync(postgres, ("Accounts:Dev:EnvFile", file));
    }
}
