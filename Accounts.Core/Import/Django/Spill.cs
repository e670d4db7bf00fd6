using System.Text;

namespace Accounts.Core.Import.Django;

/// <summary>
/// Records by their key, in temporary files, so that those of one key are read together and only a part of all is in memory. What is in
/// them are hashes of passwords: nobody else may open them, and where the system can, they have no name from the start, so that not even a
/// kill leaves them behind.
/// </summary>
internal sealed class Spill : IDisposable
{
    private const int Buffer = 16 * 1024;

    private readonly FileStream[] files;
    private readonly BinaryWriter[] writers;

    public Spill(int parts)
    {
        files = [.. Enumerable.Range(0, parts).Select(_ => Open())];
        writers = [.. files.Select(file => new BinaryWriter(file, Encoding.UTF8, leaveOpen: true))];
    }

    public int Parts => files.Length;

    private static FileStream Open()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.Delete,
            BufferSize = Buffer,
            Options = OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), options);
        if (!OperatingSystem.IsWindows())
        {
            File.Delete(file.Name);
        }
        return file;
    }

    public void Add(string key, ReadOnlySpan<byte> record)
    {
        var writer = writers[(uint)string.GetHashCode(key, StringComparison.Ordinal) % (uint)files.Length];
        writer.Write(key);
        writer.Write7BitEncodedInt(record.Length);
        writer.Write(record);
    }

    /// <summary>In the order in which they were added; a key's are all in one part.</summary>
    public IEnumerable<(string Key, byte[] Record)> Read(int part)
    {
        writers[part].Flush();
        files[part].Position = 0;
        using var reader = new BinaryReader(files[part], Encoding.UTF8, leaveOpen: true);
        while (files[part].Position < files[part].Length)
        {
            var key = reader.ReadString();
            yield return (key, reader.ReadBytes(reader.Read7BitEncodedInt()));
        }
    }

    public void Dispose()
    {
        foreach (var (writer, file) in writers.Zip(files))
        {
            writer.Dispose();
            file.Dispose();
        }
    }
}
