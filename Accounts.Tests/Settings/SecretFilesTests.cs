using Accounts.Core.Failures;
using Accounts.Tests.Support;
using Xunit;

namespace Accounts.Tests.Settings;

/// <summary>Secrets may come from files, so that they stand in no environment.</summary>
[Trait("Pace", "long")]
public sealed class SecretFilesTests(Postgres postgres) : IDisposable
{
    private static readonly (string, string) Production = ("environment", "Production");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("accounts-secrets-");

    private (string, string) SecretsFolder => ("Accounts:SecretsFolder", folder.FullName);

    [Fact]
    public async Task CF_02_Secrets_are_read_from_files_which_win_over_variables_whatever_ends_their_line()
    {
        await WriteAsync("ConnectionStrings__Accounts", $"{await postgres.CreateDatabaseAsync()}\n");
        await WriteAsync("Accounts__SecretKey", $"{TestSettings.SecretKey} from a file\n");
        await using var server = await ServerProcess.StartAsync("Host=nowhere", Production, SecretsFolder, ("Accounts:SecretKey", "weak"));
        using var client = server.Client();
        await client.SignInSomebodyAsync();
        Assert.Equal(200, (await client.MeAsync()).Status);
    }

    [Fact]
    public async Task CF_02_A_misspelt_file_stops_the_start_and_its_secret_is_not_told()
    {
        await WriteAsync("Accounts__SecrtKey", "canary-in-a-file");
        var refused = await RefusedAsync(SecretsFolder);
        Assert.Equal("Accounts__SecrtKey is no setting; did you mean Accounts__SecretKey? .env.example lists them all.", refused.Message);
    }

    [Fact]
    public async Task CF_02_A_folder_that_is_not_there_stops_the_start()
    {
        var refused = await RefusedAsync(("Accounts:SecretsFolder", "/nowhere/secrets"));
        Assert.StartsWith("Accounts__SecretsFolder is /nowhere/secrets, which is no folder: ", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refused.Message);
    }

    private static Task<StartupException> RefusedAsync((string, string) setting) =>
        Assert.ThrowsAsync<StartupException>(() => TestServer.StartOnAsync("Host=nowhere", Production, setting));

    private Task WriteAsync(string name, string text) => File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);

    public void Dispose() => folder.Delete(recursive: true);
}
