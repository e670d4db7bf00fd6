using System.Globalization;
using System.Text;
using Accounts.Core.Failures;

namespace Accounts.Development.Postgres;

/// <summary>One owner a data folder. The kernel frees the lock when the owner ends, however that happens.</summary>
internal sealed class DataFolderLock : IDisposable
{
    private const int Tries = 20;
    private readonly FileStream file;

    private DataFolderLock(FileStream file) => this.file = file;

    /// <summary>Tries for two seconds: the last owner may be on its way out.</summary>
    public static async Task<DataFolderLock> TakeAsync(string dataFolder, CancellationToken cancel)
    {
        var path = dataFolder + ".lock";
        for (var tries = 0; tries < Tries; tries++)
        {
            if (Open(path) is { } file)
            {
                return new DataFolderLock(file);
            }

            await Task.Delay(100, cancel);
        }

        throw new StartupException(
            $"{dataFolder} is already in use by another ./run (process {await OwnerAsync(path)}): stop that one, or set ConnectionStrings__Accounts to a server of yours.");
    }

    /// <summary>Whether somebody owns it now.</summary>
    public static bool IsTaken(string dataFolder)
    {
        using var file = Open(dataFolder + ".lock");
        return file is null;
    }

    private static FileStream? Open(string path)
    {
        try
        {
            var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return file;
        }
        catch (UnauthorizedAccessException)
        {
            throw new StartupException($"{path} belongs to another user: run as the user that ran ./run before, or remove {Path.GetDirectoryName(path)}.");
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>A file stream of ours would want a lock too, even for reading.</summary>
    private static async Task<string> OwnerAsync(string path) => (await Command.RunAsync(["cat", path])).Output;

    public void Dispose() => file.Dispose();
}
