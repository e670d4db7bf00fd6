namespace Accounts.Core.Users.Lookalikes;

/// <summary>A table of Unicode's, read from the program itself; where it comes from says unicode.LICENSE.</summary>
internal static class UnicodeTable
{
    /// <summary>Of each line what stands first, and what belongs to it.</summary>
    public static IEnumerable<(string Key, string[] Values)> Read(string file)
    {
        using var reader = new StreamReader(typeof(UnicodeTable).Assembly.GetManifestResourceStream($"Accounts.Core.Users.{file}")!);
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                var fields = line.Split('\t');
                yield return (fields[0], fields[1].Split(' '));
            }
        }
    }

    public static int CodePoint(string hex) => Convert.ToInt32(hex, 16);
}
