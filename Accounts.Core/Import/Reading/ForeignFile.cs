namespace Accounts.Core.Import.Reading;

internal static class ForeignFile
{
    /// <exception cref="ForeignDataException">it cannot be opened</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Access = FileAccess.Read, Mode = FileMode.Open, Share = FileShare.Read, Options = FileOptions.Asynchronous | FileOptions.SequentialScan, BufferSize = 1 << 16 });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ForeignDataException($"{path} cannot be read: {e.Message}", e);
        }
    }
}
