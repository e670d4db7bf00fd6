namespace Accounts.Api.Hosting;

public static class SecretFiles
{
    /// <summary>Reads a folder with a file for each setting, as Docker and Kubernetes hand out secrets. A file wins over a variable.</summary>
    public static void AddSecretFiles(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Accounts:SecretsFolder"] is { Length: > 0 } folder)
        {
            // One that is not there is told of with the other mistakes.
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(folder), optional: true);
        }
    }
}
